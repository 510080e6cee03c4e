package io.parley.bus;

import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.bus.Parcel.Item;
import io.parley.protocol.ByeReason;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Refusal;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

/**
 * How a {@link Crossing} is written for another node, which may run an older or a newer version during an upgrade.
 *
 * <pre>
 *     u8 format, u8 kind, then the record's fields; text and lists carry their length in front (u32)
 *     an item of a list: u32 length of the rest, u8 kind, its fields
 * </pre>
 *
 * So an item may grow at its end, and an item of an unknown kind can be stepped over: every item of a parcel begins
 * with its session and number, by which it is refused. What cannot be read at all is not answered, so that whoever
 * pushed it stores it after the push time-out. The format number changes only when this no longer holds.
 */
final class WireForm {

    private static final int FORMAT = 1;

    private static final int PARCEL = 1;
    private static final int ANSWERS = 2;
    private static final int END_SESSION = 3;
    private static final int ASK_SESSION = 4;
    private static final int SESSION_STATE = 5;
    private static final int WITNESS = 6;
    private static final int UNREACHED = 7;
    private static final int PING = 8;
    private static final int PONG = 9;
    private static final int ROOM_NEWS = 20;
    private static final int ROOMS_HERE = 21;
    private static final int ASK_ROOMS = 22;
    private static final int ROOM_NAMES = 23;

    private static final int GROUP_CHANGED = 30;

    private static final int PUSH = 1;
    private static final int NUDGE = 2;
    private static final int READMIT = 3;

    /** By their place here: never reorder, only add at the end. */
    private static final List<Verdict> VERDICTS =
            List.of(Verdict.TAKEN, Verdict.REFUSED, Verdict.NOT_HERE, Verdict.ACKED, Verdict.STORED, Verdict.FAILED);

    private static final int ENVELOPE_BYTES = 256;

    private WireForm() {}

    static Buffer encode(Crossing record) {
        if (record instanceof Parcel parcel) {
            WireWriter out = begin(PARCEL, 64 + parcel.items().size() * ENVELOPE_BYTES);
            out.text(parcel.courier()).list(parcel.items(), WireForm::item);
            return out.buffer();
        } else if (record instanceof Answers answers) {
            return begin(ANSWERS, 16 + answers.items().size() * 16)
                    .list(answers.items(), WireForm::answer)
                    .buffer();
        } else if (record instanceof EndSession end) {
            return begin(END_SESSION, 64)
                    .text(end.session())
                    .text(end.reason().code())
                    .buffer();
        } else if (record instanceof AskSession ask) {
            return begin(ASK_SESSION, 64).text(ask.session()).buffer();
        } else if (record instanceof SessionState state) {
            return begin(SESSION_STATE, 8)
                    .u8(state == SessionState.ALIVE ? 1 : 0)
                    .buffer();
        } else if (record instanceof Crossing.Witness witness) {
            return begin(WITNESS, 256).texts(witness.addresses()).buffer();
        } else if (record instanceof Crossing.Unreached unreached) {
            return begin(UNREACHED, 256).texts(unreached.addresses()).buffer();
        } else if (record instanceof RoomNews news) {
            WireWriter out = begin(ROOM_NEWS, 64 + news.items().size() * ENVELOPE_BYTES);
            RoomForm.write(out, news);
            return out.buffer();
        } else if (record instanceof RoomsHere here) {
            WireWriter out = begin(ROOMS_HERE, 64 + here.rooms().size() * 16);
            RoomForm.write(out, here);
            return out.buffer();
        } else if (record instanceof AskRooms ask) {
            return begin(ASK_ROOMS, 64).texts(ask.rooms()).buffer();
        } else if (record instanceof RoomNames names) {
            WireWriter out = begin(ROOM_NAMES, 1024);
            RoomForm.write(out, names);
            return out.buffer();
        } else if (record instanceof Crossing.GroupChanged changed) {
            return begin(GROUP_CHANGED, 64).text(changed.group()).buffer();
        } else {
            return begin(record instanceof Crossing.Ping ? PING : PONG, 2).buffer();
        }
    }

    private static WireWriter begin(int kind, int bytes) {
        return new WireWriter(bytes).u8(FORMAT).u8(kind);
    }

    private static void item(WireWriter out, Item item) {
        if (item instanceof Parcel.Push push) {
            out.u8(PUSH).text(push.session()).i64(push.number());
            out.text(push.envelope().id()).text(push.envelope().json());
        } else {
            out.u8(item instanceof Parcel.Nudge ? NUDGE : READMIT);
            out.text(item.session()).i64(0);
        }
    }

    static void answer(WireWriter out, Answer answer) {
        Refusal error = answer.error();
        out.u8(VERDICTS.indexOf(answer.verdict())).i64(answer.number()).u8(error == null ? 0 : 1);
        if (error != null) {
            out.text(error.code().code()).text(error.detail());
            out.i64(error.retryAfter().toMillis());
        }
    }

    /** @throws Unreadable when it is no record that this version knows, or is damaged */
    static Crossing decode(Buffer bytes) {
        WireReader in = new WireReader(bytes);
        int format = in.u8();
        if (format != FORMAT) {
            throw new Unreadable("format " + format);
        }
        int kind = in.u8();
        return switch (kind) {
            case PARCEL -> new Parcel(in.text(), in.list(WireForm::item));
            case ANSWERS -> new Answers(in.list(WireForm::answer));
            case END_SESSION -> new EndSession(in.text(), ByeReason.of(in.text()));
            case ASK_SESSION -> new AskSession(in.text());
            case SESSION_STATE -> in.u8() == 1 ? SessionState.ALIVE : SessionState.GONE;
            case WITNESS -> new Crossing.Witness(in.texts());
            case UNREACHED -> new Crossing.Unreached(in.texts());
            case PING -> new Crossing.Ping();
            case PONG -> new Crossing.Pong();
            case ROOM_NEWS -> RoomForm.news(in);
            case ROOMS_HERE -> RoomForm.here(in);
            case ASK_ROOMS -> new AskRooms(in.texts());
            case ROOM_NAMES -> RoomForm.names(in);
            case GROUP_CHANGED -> new Crossing.GroupChanged(in.text());
            default -> throw new Unreadable("record " + kind);
        };
    }

    private static Item item(WireReader in) {
        int kind = in.u8();
        String session = in.text();
        long number = in.i64();
        return switch (kind) {
            case PUSH -> new Parcel.Push(session, number, new Envelope(in.text(), in.text()));
            case NUDGE -> new Parcel.Nudge(session);
            case READMIT -> new Parcel.Readmit(session);
            default -> new Parcel.Unknown(session, number);
        };
    }

    /** A verdict that this version does not know counts as FAILED: then the message is stored, which is never wrong. */
    private static Answer answer(WireReader in) {
        int verdict = in.u8();
        long number = in.i64();
        Refusal error = in.u8() == 1
                ? new Refusal(ErrorCode.of(in.text()), in.text(), Duration.ofMillis(Math.max(0, in.i64())))
                : null;
        return new Answer(number, verdict < VERDICTS.size() ? VERDICTS.get(verdict) : Verdict.FAILED, error);
    }
}
