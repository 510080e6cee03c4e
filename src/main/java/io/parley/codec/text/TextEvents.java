package io.parley.codec.text;

import io.parley.codec.json.MessageJson;
import io.parley.protocol.Audience;
import io.parley.protocol.Command;
import io.parley.protocol.Envelope;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Message;
import io.parley.protocol.Printable;
import io.parley.protocol.Receipt;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What people are told; null for what they have not asked for and need not know. */
final class TextEvents implements Event.Handler<String> {

    private final Sentences sentences;
    private final DateTimeFormatter time;
    private final Talk talk;

    TextEvents(Sentences sentences, ZoneId zone, Talk talk) {
        this.sentences = sentences;
        this.time = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(zone);
        this.talk = talk;
    }

    @Override
    public String accepted(Event.Accepted event) {
        return sentences.text("text.greeting");
    }

    @Override
    public String verified(Event.Verified event) {
        talk.began(event.userId(), event.userName());
        String key = event.waiting() == 0 ? "text.verified" : "text.verified_waiting";
        return sentences.text(key, Printable.line(event.userName()), event.userId(), event.waiting());
    }

    @Override
    public String notVerified(Event.NotVerified event) {
        return sentences.loginRefusal(event.refusal());
    }

    @Override
    public String bye(Event.Bye event) {
        talk.ended();
        return sentences.bye(event.reason());
    }

    // Messages.

    @Override
    public String delivery(Event.Delivery event) {
        return mark(event.replayed()) + message(event.envelope());
    }

    @Override
    public String heard(Event.Heard event) {
        return message(event.envelope());
    }

    private String mark(boolean stored) {
        return stored ? sentences.text("text.offline") : "";
    }

    private String message(Envelope envelope) {
        Message message = MessageJson.message(envelope.json());
        return message(
                message.sentAt(), message.fromName(), message.chatFrom(), place(message.audience()), message.content());
    }

    private String message(long at, String name, String userId, String place, String content) {
        return time.format(Instant.ofEpochMilli(at)) + "\n[ " + Printable.line(name) + "|UID:" + userId + place + " ]:"
                + Printable.lines(content);
    }

    /** For whom it is, besides its reader. */
    private static String place(Audience audience) {
        return switch (audience.kind()) {
            case SINGLE -> "";
            case GROUP -> audience.place() == null ? "" : "|GROUP:" + audience.place();
            case BROADCAST -> "|ALL";
            case ROOM -> "|ROOM:" + audience.place();
        };
    }

    @Override
    public String receipted(Event.Receipted event) {
        Receipt receipt = event.receipt();
        Talk.Sent sent = talk.answered(receipt.clientId());
        if (receipt.status() == Receipt.Status.REFUSED) {
            return refused(receipt);
        }
        boolean stored = receipt.status() == Receipt.Status.STORED;
        if (sent == null) {
            return sentences.text(stored ? "text.stored" : "text.delivered");
        }
        return mark(stored)
                + message(
                        sent.at(),
                        talk.name(),
                        talk.userId(),
                        place(sent.command()),
                        sent.command().content());
    }

    /** Of several recipients, who has not got it. */
    private String refused(Receipt receipt) {
        String why = sentences.refusal(receipt.error());
        if (receipt.spread() == null || receipt.spread().errors().isEmpty()) {
            return why;
        }
        return sentences.text(
                "text.not_delivered_to",
                receipt.spread().errors().keySet().stream().sorted().collect(Collectors.joining(", ")),
                why);
    }

    private static String place(Command.Send command) {
        if (command instanceof Command.Say say) {
            return place(Audience.room(say.room()));
        }
        return command instanceof Command.Group group ? place(Audience.group(group.group())) : "";
    }

    // Rooms and groups.

    @Override
    public String entered(Event.Entered event) {
        return room(
                "text.entered", event.room(), event.who().userId(), event.who().name());
    }

    @Override
    public String left(Event.Left event) {
        return room("text.left", event.room(), event.who().userId(), event.who().name());
    }

    private String room(String key, String room, String userId, String name) {
        return sentences.text(userId.equals(talk.userId()) ? key + "_myself" : key, room, Printable.line(name));
    }

    @Override
    public String look(Event.LookAnswer event) {
        if (event.rooms().isEmpty()) {
            return sentences.text("text.no_rooms");
        }
        return new TreeMap<>(event.rooms())
                .entrySet().stream()
                        .map(each -> room(
                                each.getKey(), each.getValue(), event.more().getOrDefault(each.getKey(), 0)))
                        .collect(Collectors.joining("\n"));
    }

    private String room(String room, List<String> names, int more) {
        String shown = names.stream().map(Printable::line).collect(Collectors.joining(", "));
        return more == 0
                ? sentences.text("text.room", room, names.size(), shown)
                : sentences.text("text.room_more", room, names.size() + more, shown, more);
    }

    @Override
    public String groups(Event.GroupsAnswer event) {
        return event.groups().isEmpty()
                ? sentences.text("text.no_groups")
                : event.groups().stream().map(this::group).collect(Collectors.joining("\n"));
    }

    private String group(GroupInfo group) {
        return sentences.text("text.group", group.id(), Printable.line(group.name()), group.owner(), group.members());
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
    public String online(Event.OnlineAnswer event) {
        return new TreeMap<>(event.online())
                .entrySet().stream().map(this::online).collect(Collectors.joining("\n"));
    }

    private String online(Map.Entry<String, Boolean> person) {
        return sentences.text(person.getValue() ? "text.online" : "text.absent", person.getKey());
    }

    // The rest.

    /** Command 0 is the decoder's own, whose detail is a sentence in the right language; but not a mistake of ours. */
    @Override
    public String failed(Event.Failed event) {
        talk.answered(event.clientId());
        boolean own = event.command() == 0 && event.refusal().code() != ErrorCode.INTERNAL;
        return own ? event.refusal().detail() : sentences.refusal(event.refusal());
    }

    @Override
    public String pong(Event.Pong event) {
        return null;
    }
}
