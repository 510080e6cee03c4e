package io.parley.codec.line;

import io.parley.codec.Decoder;
import io.parley.codec.text.ClientIds;
import io.parley.codec.text.Sentences;
import io.parley.codec.text.Words;
import io.parley.protocol.Command;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.Question;
import io.parley.protocol.Refusal;
import io.parley.protocol.Room;
import io.parley.protocol.UserId;
import io.vertx.core.buffer.Buffer;
import java.time.ZoneId;

/** The dialect in which each line is a command. Its English answers are fixed: existing clients compare them. */
final class CommandDialect extends LineEvents {

    /** Existing clients compare all that one read brings with these, so they have no end of line. */
    private static final String EMPTY = "UserName Empty";

    private static final String TAKEN = "UserName Exist";
    private static final String WELCOME = "Login Success";

    private final Sentences sentences;
    private final Visit visit;
    private final ClientIds clientIds = new ClientIds();
    private boolean withoutPassword;

    CommandDialect(Sentences sentences, ZoneId zone) {
        this(sentences, zone, new Visit());
    }

    private CommandDialect(Sentences sentences, ZoneId zone, Visit visit) {
        super(sentences, zone, visit);
        this.sentences = sentences;
        this.visit = visit;
    }

    @Override
    public void line(String typed, Decoder.Sink sink) {
        Words words = Words.of(typed);
        switch (words.command()) {
            case "" -> {
                // An empty line asks for nothing.
            }
            case "login" -> login(words.next(), sink);
            case "say" -> say(words.rest(), sink);
            case "join" -> join(words.next().first(), sink);
            case "look" -> look(sink);
            case "msg" -> msg(words.next(), sink);
            case "logout" -> command(new Command.Logout(), sink);
            case "help", "?" -> sink.answered(Buffer.buffer(sentence("line.help")));
            default -> refuse(ErrorCode.UNKNOWN_COMMAND, sentences.text("unknown"), sink);
        }
    }

    private void login(Words words, Decoder.Sink sink) {
        if (words.first().isEmpty()) {
            refuse(ErrorCode.BAD_CONTENT, EMPTY, sink);
        } else if (!UserId.isValid(words.first())) {
            refuse(ErrorCode.BAD_CONTENT, sentences.text("bad_name", UserId.MAX_CHARACTERS), sink);
        } else {
            withoutPassword = words.rest().isEmpty();
            command(new Command.Verify(words.first(), withoutPassword ? null : words.rest(), null), sink);
        }
    }

    private void say(String text, Decoder.Sink sink) {
        if (text.isEmpty()) {
            refuse(ErrorCode.BAD_CONTENT, sentences.text("usage.say_here"), sink);
        } else if (isInRoom(sink)) {
            command(new Command.Say(clientIds.next(), visit.room(), text), sink);
        }
    }

    private void look(Decoder.Sink sink) {
        if (isInRoom(sink)) {
            command(new Question.Look(visit.room()), sink);
        }
    }

    private boolean isInRoom(Decoder.Sink sink) {
        if (visit.room() == null) {
            refuse(ErrorCode.NOT_MEMBER, sentences.text("line.no_room"), sink);
        }
        return visit.room() != null;
    }

    /** A client is in one room at a time. */
    private void join(String room, Decoder.Sink sink) {
        if (room.isEmpty()) {
            refuse(ErrorCode.BAD_CONTENT, sentences.text("usage.join"), sink);
        } else if (!Room.isValid(room)) {
            refuse(ErrorCode.BAD_CONTENT, sentences.text("bad_room", Room.MAX_CHARACTERS), sink);
        } else if (!visit.isVerified()) {
            command(new Question.Join(room), sink);
        } else if (room.equals(visit.room())) {
            sink.answered(Buffer.buffer(sentence("line.same_room", room)));
        } else {
            String before = visit.room();
            visit.moves(room);
            if (before != null) {
                command(new Question.Leave(before), sink);
            }
            command(new Question.Join(room), sink);
        }
    }

    private void msg(Words words, Decoder.Sink sink) {
        if (words.rest().isEmpty()) {
            refuse(ErrorCode.BAD_CONTENT, sentences.text("usage.msg"), sink);
        } else if (!UserId.isValid(words.first())) {
            refuse(ErrorCode.BAD_CONTENT, sentences.text("bad_id", UserId.MAX_CHARACTERS), sink);
        } else {
            command(new Command.Single(clientIds.next(), words.first(), words.rest()), sink);
        }
    }

    private static void command(Command command, Decoder.Sink sink) {
        sink.command(command, command.id());
    }

    /** A refusal says nothing of what was typed: it goes to the log, and may be a password. */
    private static void refuse(ErrorCode code, String sentence, Decoder.Sink sink) {
        sink.refused(new Refusal(code, sentence), 0, null);
    }

    @Override
    String said(String name, String text) {
        return name + ": " + text;
    }

    /** The next line begins on a line of its own; but a fixed answer must be alone. */
    @Override
    public String behindOpenLine(String text) {
        return text.endsWith(END) ? END + text : text;
    }

    @Override
    public String failed(Event.Failed event) {
        return event.refusal().detail().equals(EMPTY) ? EMPTY : super.failed(event);
    }

    /** As fixed as the answers to a login. */
    @Override
    public String accepted(Event.Accepted event) {
        return "Connect Success";
    }

    @Override
    public String verified(Event.Verified event) {
        visit.began(event.userId());
        return WELCOME;
    }

    /** Without a password a name can only be somebody else's: another guest's, or an account's. */
    @Override
    public String notVerified(Event.NotVerified event) {
        ErrorCode why = event.refusal().code();
        boolean taken = why == ErrorCode.FORBIDDEN || why == ErrorCode.BAD_CREDENTIALS && withoutPassword;
        return taken ? TAKEN : sentences.loginRefusal(event.refusal()) + END;
    }
}
