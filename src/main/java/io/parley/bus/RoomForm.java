package io.parley.bus;

import io.parley.bus.RoomNews.Item;
import io.parley.protocol.Envelope;
import io.parley.protocol.Person;

/** The part of {@link WireForm} that is about rooms. A node that does not know a kind of item passes over it. */
final class RoomForm {

    private static final int ENTERED = 1;
    private static final int LEFT = 2;
    private static final int SAID = 3;
    private static final int BROADCAST = 4;
    private static final int OPENED = 5;
    private static final int CLOSED = 6;

    private RoomForm() {}

    static void write(WireWriter out, RoomNews news) {
        out.text(news.node()).list(news.items(), RoomForm::item);
    }

    static RoomNews news(WireReader in) {
        return new RoomNews(in.text(), in.list(RoomForm::item));
    }

    static void write(WireWriter out, RoomsHere here) {
        out.text(here.node()).u8(here.first() ? 1 : 0).u8(here.last() ? 1 : 0).texts(here.rooms());
    }

    static RoomsHere here(WireReader in) {
        return new RoomsHere(in.text(), in.u8() == 1, in.u8() == 1, in.texts());
    }

    static void write(WireWriter out, RoomNames names) {
        out.list(
                names.rooms(),
                (item, people) -> item.text(people.room()).i64(people.number()).texts(people.names()));
    }

    static RoomNames names(WireReader in) {
        return new RoomNames(in.list(RoomForm::people));
    }

    private static RoomNames.People people(WireReader in) {
        String room = in.text();
        int number = (int) Math.max(0, Math.min(Integer.MAX_VALUE, in.i64()));
        return new RoomNames.People(room, in.texts(), number);
    }

    private static void item(WireWriter out, Item item) {
        if (item instanceof RoomNews.Entered entered) {
            out.u8(ENTERED).text(entered.room()).text(entered.session());
            out.text(entered.who().userId()).text(entered.who().name());
        } else if (item instanceof RoomNews.Left left) {
            out.u8(LEFT).text(left.room()).text(left.session());
            out.text(left.who().userId()).text(left.who().name());
        } else if (item instanceof RoomNews.Said said) {
            out.u8(SAID).text(said.room()).text(said.session());
            out.text(said.envelope().id()).text(said.envelope().json());
        } else if (item instanceof RoomNews.Broadcast broadcast) {
            out.u8(BROADCAST).text(broadcast.session());
            out.text(broadcast.envelope().id()).text(broadcast.envelope().json());
        } else if (item instanceof RoomNews.Opened opened) {
            out.u8(OPENED).text(opened.room());
        } else if (item instanceof RoomNews.Closed closed) {
            out.u8(CLOSED).text(closed.room());
        } else {
            throw new IllegalArgumentException("not to be written: " + item);
        }
    }

    private static Item item(WireReader in) {
        return switch (in.u8()) {
            case ENTERED -> new RoomNews.Entered(in.text(), in.text(), new Person(in.text(), in.text()));
            case LEFT -> new RoomNews.Left(in.text(), in.text(), new Person(in.text(), in.text()));
            case SAID -> new RoomNews.Said(in.text(), in.text(), new Envelope(in.text(), in.text()));
            case BROADCAST -> new RoomNews.Broadcast(in.text(), new Envelope(in.text(), in.text()));
            case OPENED -> new RoomNews.Opened(in.text());
            case CLOSED -> new RoomNews.Closed(in.text());
            default -> new RoomNews.Unknown();
        };
    }
}
