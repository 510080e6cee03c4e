package io.parley.codec.line;

import io.parley.codec.json.MessageJson;
import io.parley.codec.text.Sentences;
import io.parley.protocol.Audience;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Message;
import io.parley.protocol.Printable;
import io.parley.protocol.Question;
import io.parley.protocol.Receipt;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What both dialects tell their clients alike. The sentences about rooms are what existing clients compare. */
abstract class LineEvents implements Dialect {

    private final Sentences sentences;
    private final Visit visit;
    private final DateTimeFormatter time;

    LineEvents(Sentences sentences, ZoneId zone, Visit visit) {
        this.sentences = sentences;
        this.visit = visit;
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
    }

    /** A line said in a room, as this dialect writes it. */
    abstract String said(String name, String text);

    /** A sentence of the bundle, with the end of its line. */
    final String sentence(String key, Object... arguments) {
        return sentences.text(key, arguments) + END;
    }

    @Override
    public String delivery(Event.Delivery event) {
        Message message = MessageJson.message(event.envelope().json());
        boolean toSeveral = message.audience().kind() == Audience.Kind.GROUP;
        String key = (toSeveral ? "line.group" : "line.private") + (event.replayed() ? "_waited" : "");
        return sentence(
                key,
                Printable.line(message.fromName()),
                Printable.line(message.content()),
                time.format(Instant.ofEpochMilli(message.sentAt())));
    }

    @Override
    public String heard(Event.Heard event) {
        Message message = MessageJson.message(event.envelope().json());
        String name = Printable.line(message.fromName());
        String text = Printable.line(message.content());
        return message.audience().kind() == Audience.Kind.ROOM
                ? said(name, text) + END
                : sentence("line.everybody", name, text);
    }

    @Override
    public String entered(Event.Entered event) {
        if (visit.isMyself(event.who().userId())) {
            return visit.arrived(event.room()) ? sentence("line.room", event.room()) : null;
        }
        return Printable.line(event.who().name()) + " has entered the room." + END;
    }

    @Override
    public String left(Event.Left event) {
        return visit.isMyself(event.who().userId())
                ? null
                : Printable.line(event.who().name()) + " has left the room." + END;
    }

    @Override
    public String look(Event.LookAnswer event) {
        StringBuilder lines = new StringBuilder("Online Users:").append(END);
        for (List<String> names : event.rooms().values()) {
            names.forEach(name -> lines.append(Printable.line(name)).append(END));
        }
        event.more().values().forEach(more -> lines.append(sentence("line.more", more)));
        return lines.toString();
    }

    @Override
    public String bye(Event.Bye event) {
        return sentences.bye(event.reason()) + END;
    }

    /** Who speaks in a room knows that it was said; that a private message waits is news. */
    @Override
    public String receipted(Event.Receipted event) {
        Receipt receipt = event.receipt();
        return switch (receipt.status()) {
            case REFUSED -> sentences.refusal(receipt.error()) + END;
            case STORED -> sentence("line.stored");
            case DELIVERED, SENT -> null;
        };
    }

    /** Command 0 is the decoder's own, whose detail is a sentence in the right language; but not a mistake of ours. */
    @Override
    public String failed(Event.Failed event) {
        if (event.command() == Question.Join.ID) {
            visit.didNotArrive();
        }
        boolean own = event.command() == 0 && event.refusal().code() != ErrorCode.INTERNAL;
        return (own ? event.refusal().detail() : sentences.refusal(event.refusal())) + END;
    }

    @Override
    public String groupCreated(Event.GroupCreated event) {
        return null;
    }

    @Override
    public String groupChanged(Event.GroupChanged event) {
        return null;
    }

    @Override
    public String groups(Event.GroupsAnswer event) {
        return null;
    }

    @Override
    public String pong(Event.Pong event) {
        return null;
    }

    @Override
    public String online(Event.OnlineAnswer event) {
        return null;
    }
}
