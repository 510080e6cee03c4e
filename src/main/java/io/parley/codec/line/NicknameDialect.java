package io.parley.codec.line;

import io.parley.codec.Decoder;
import io.parley.codec.text.ClientIds;
import io.parley.codec.text.Sentences;
import io.parley.protocol.Command;
import io.parley.protocol.Event;
import io.parley.protocol.Printable;
import io.parley.protocol.Room;
import io.parley.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneId;

/** The dialect without commands: the first line is a name, and every later one is for everybody in the lobby. */
final class NicknameDialect extends LineEvents {

    private final Sentences sentences;
    private final Visit visit;
    private final ClientIds clientIds = new ClientIds();

    NicknameDialect(Sentences sentences, ZoneId zone) {
        this(sentences, zone, new Visit());
    }

    private NicknameDialect(Sentences sentences, ZoneId zone, Visit visit) {
        super(sentences, zone, visit);
        this.sentences = sentences;
        this.visit = visit;
    }

    @Override
    public void line(String typed, Decoder.Sink sink) {
        String text = typed.strip();
        if (visit.isVerified() && !text.isEmpty()) {
            sink.command(new Command.Say(clientIds.next(), Room.LOBBY, text), Command.Say.ID);
        } else if (!visit.isVerified() && UserId.isValid(text)) {
            sink.command(new Command.Verify(text, null, null), Command.Verify.ID);
        } else if (!visit.isVerified()) {
            String wrong = text.isEmpty() ? "" : sentence("bad_name", UserId.MAX_CHARACTERS);
            sink.answered(Buffer.buffer(wrong + sentence("nickname.ask")));
        }
    }

    @Override
    String said(String name, String text) {
        return "<" + name + "> " + text;
    }

    @Override
    public String accepted(Event.Accepted event) {
        return sentence("nickname.greeting", event.number(), event.here()) + sentence("nickname.ask");
    }

    @Override
    public String verified(Event.Verified event) {
        visit.began(event.userId());
        return sentence("nickname.verified", Printable.line(event.userName()));
    }

    /** A name may be another guest's, or an account's. */
    @Override
    public String notVerified(Event.NotVerified event) {
        String why =
                switch (event.refusal().code()) {
                    case FORBIDDEN, BAD_CREDENTIALS -> "Name taken";
                    default -> sentences.loginRefusal(event.refusal());
                };
        return why + END + sentence("nickname.ask");
    }
}
