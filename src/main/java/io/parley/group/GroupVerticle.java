package io.parley.group;

import io.parley.bus.Addresses;
import io.parley.bus.AskGroups;
import io.parley.bus.AskMembers;
import io.parley.bus.Bus;
import io.parley.bus.ClusterBus;
import io.parley.bus.Crossing;
import io.parley.bus.Failures;
import io.parley.bus.Members;
import io.parley.bus.Received;
import io.parley.config.MySqlConfig;
import io.parley.mysql.MySqlPool;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Event;
import io.parley.protocol.GroupInfo;
import io.parley.protocol.Question;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Durable groups: makes, changes and lists them, and says who is in them. One a node. */
public final class GroupVerticle extends VerticleBase {

    private static final Logger log = LoggerFactory.getLogger(GroupVerticle.class);

    /** Groups in one list; fewer when their names are long. */
    private static final int MAX_LISTED = 500;

    /** A client allows an event 64 KiB; what is around the words of one group in it takes less than 64 bytes. */
    private static final int MAX_LIST_BYTES = 60_000;

    private static final int AROUND_BYTES = 64;

    private final MySqlConfig mysql;
    private final Addresses addresses;
    private final Members nodes;
    private MySqlPool pool;
    private ClusterBus cluster;
    private Groups groups;
    private Membership membership;
    private Spelling spelling;

    /** @param nodes who is told that a group has changed */
    public GroupVerticle(MySqlConfig mysql, Addresses addresses, Members nodes) {
        this.mysql = mysql;
        this.addresses = addresses;
        this.nodes = nodes;
    }

    @Override
    public Future<?> start() {
        Bus bus = new Bus(vertx);
        cluster = new ClusterBus(vertx, addresses, nodes);
        pool = MySqlPool.open(vertx, mysql);
        groups = new Groups(pool);
        membership = new Membership(groups);
        spelling = new Spelling(bus);
        return Future.all(
                bus.consume(Addresses.GROUPS, this::answer).completion(),
                cluster.consume(Addresses.groups(addresses.self()), this::heard));
    }

    @Override
    public Future<?> stop() {
        return pool.close();
    }

    private void answer(Message<Object> message) {
        Future.succeededFuture(message.body())
                .compose(this::ask)
                .onSuccess(answer -> Bus.reply(message, answer))
                .onFailure(failure -> Bus.reply(message, Failures.refusal(failure)));
    }

    private Future<?> ask(Object request) {
        if (request instanceof AskMembers ask) {
            return membership.of(ask.group(), ask.asker()).map(AskMembers.Found::new);
        }
        AskGroups ask = (AskGroups) request;
        if (ask.question() instanceof Question.GroupCreate create) {
            return create(ask.asker(), create);
        }
        if (ask.question() instanceof Question.GroupChange change) {
            return change(ask.asker(), change);
        }
        return groups.list(ask.asker(), MAX_LISTED).map(found -> new Event.GroupsAnswer(fitting(found)));
    }

    /** A repeat is answered before anything is checked: what was right then may have changed. */
    private Future<Event> create(String owner, Question.GroupCreate command) {
        String id = GroupId.of(owner, command.clientId());
        return groups.exists(id)
                .compose(exists -> exists ? Future.succeededFuture() : create(id, owner, command))
                .map(made -> new Event.GroupCreated(command.clientId(), id));
    }

    private Future<Void> create(String id, String owner, Question.GroupCreate command) {
        List<String> everybody = new ArrayList<>(command.members());
        everybody.add(owner);
        return spelling.ofAccounts(everybody)
                .compose(members -> groups.create(id, command.name(), owner, members))
                .onComplete(done -> changed(id));
    }

    private Future<Event> change(String asker, Question.GroupChange command) {
        Future<Set<String>> added = spelling.ofAccounts(command.add());
        Future<Set<String>> removed = spelling.ofFormerAccountsToo(command.remove());
        return Future.all(added, removed)
                .compose(spelt -> groups.change(asker, command.group(), added.result(), removed.result()))
                .onSuccess(done -> changed(command.group()))
                .onFailure(failure -> maybeChanged(command.group(), failure))
                .map(done -> new Event.GroupChanged(command.group()));
    }

    /** MySQL did not answer, which does not mean that it did nothing. */
    private void maybeChanged(String group, Throwable failure) {
        if (Failures.refusal(failure).code() == ErrorCode.UNAVAILABLE) {
            changed(group);
        }
    }

    private void changed(String group) {
        membership.forget(group);
        for (String node : nodes.others()) {
            cluster.send(Addresses.groups(node), new Crossing.GroupChanged(group))
                    .onFailure(lost -> log.debug("group change not told node={} reason={}", node, lost.getMessage()));
        }
    }

    private void heard(Received received) {
        if (received.record() instanceof Crossing.GroupChanged changed) {
            membership.forget(changed.group());
        } else {
            throw new IllegalArgumentException(
                    "not for groups: " + received.record().getClass());
        }
    }

    /** As many as fit into one event. */
    private static List<GroupInfo> fitting(List<GroupInfo> groups) {
        int bytes = 0;
        List<GroupInfo> fitting = new ArrayList<>();
        for (GroupInfo each : groups) {
            bytes += AROUND_BYTES + bytes(each.id()) + bytes(each.name()) + bytes(each.owner());
            if (bytes > MAX_LIST_BYTES) {
                break;
            }
            fitting.add(each);
        }
        return fitting;
    }

    /** With two for each character that JSON may have to escape. */
    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length
                + (int) text.chars().filter(c -> c == '"' || c == '\\').count();
    }
}
