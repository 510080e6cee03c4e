package io.parley.delivery;

import io.parley.bus.Addresses;
import io.parley.bus.Answers.Answer;
import io.parley.bus.Answers.Verdict;
import io.parley.bus.Bus;
import io.parley.bus.Failures;
import io.parley.bus.Lookup;
import io.parley.bus.Members;
import io.parley.bus.Outcomes;
import io.parley.bus.Outcomes.Outcome;
import io.parley.bus.Parcel;
import io.parley.bus.Submissions;
import io.parley.bus.Submissions.Submission;
import io.parley.bus.TurnBatches;
import io.parley.bus.Turnstile;
import io.parley.mailbox.Locations;
import io.parley.mailbox.Mailbox;
import io.parley.mailbox.Routed;
import io.parley.protocol.ErrorCode;
import io.parley.protocol.Location;
import io.parley.protocol.Receipt;
import io.parley.protocol.Refusal;
import io.parley.protocol.UserId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Supplier;

/** The roads of one shard's lanes: Redis for locations and mailboxes, the event bus for pushes, nudges and receipts. */
final class Courier implements Roads {

    /** Long enough for the old session to append what it had; its node may be dead. */
    private static final long OLD_ROAD_MILLIS = 5_000;

    /** Enough for MySQL's few connections, and a part of what may wait for them. */
    private static final int ACCOUNTS_AT_A_TIME = 32;

    /** At most, and at most a quarter of what may wait for Redis. */
    private static final int MAILBOXES_AT_A_TIME = 256;

    /** At most, and at most half of what may wait for Redis. */
    private static final int APPENDS_AT_A_TIME = 512;

    private final Vertx vertx;
    private final Bus bus;
    private final Members members;
    private final Stores stores;
    private final Pushes pushes;
    private final Destinations destinations;
    private final TurnBatches<Outcome> outcomes;
    private final Addresses addresses;
    /** For messages to several; who waits in line is bounded by what the gateways let in. */
    private final Turnstile accounts = new Turnstile(ACCOUNTS_AT_A_TIME, Integer.MAX_VALUE);

    private final Turnstile mailboxes;

    /** When a node is gone, all that was on its way there must be stored at once; who waits here is in a lane. */
    private final Turnstile appends;

    /** What a shard knows in Redis and of accounts. */
    record Stores(
            Mailbox mailbox,
            Locations locations,
            Recipients recipients,
            Neighbours neighbours,
            String durability,
            int maxWaiting) {

        /** For questions that come many at once: so many at a time that others find room too. */
        private Turnstile turnstile(int most, int part) {
            return new Turnstile(Math.max(1, Math.min(most, maxWaiting / part)), Integer.MAX_VALUE);
        }
    }

    Courier(Vertx vertx, Addresses addresses, Members members, Stores stores, Pushes pushes, Destinations to) {
        this.bus = new Bus(vertx);
        this.vertx = vertx;
        this.addresses = addresses;
        this.members = members;
        this.stores = stores;
        this.pushes = pushes;
        this.destinations = to;
        this.mailboxes = stores.turnstile(MAILBOXES_AT_A_TIME, 4);
        this.appends = stores.turnstile(APPENDS_AT_A_TIME, 2);
        this.outcomes = new TurnBatches<>(
                vertx.getOrCreateContext(), (gateway, items) -> bus.send(gateway, new Outcomes(items)));
    }

    @Override
    public void route(Lane lane, Letter letter) {
        asked(accounts, letter, () -> stores.recipients().find(lane.userId()))
                .onSuccess(spelt -> {
                    if (spelt.equals(lane.userId())) {
                        routeKnown(lane, letter);
                    } else {
                        lane.routedElsewhere(spelt);
                    }
                })
                .onFailure(failure -> routeUnknown(lane, Failures.refusal(failure)));
    }

    /** At once for a message to one, so that it waits behind no group. */
    private static <T> Future<T> asked(Turnstile crowd, Letter letter, Supplier<Future<T>> question) {
        return letter.submission.share() == null ? question.get() : crowd.pass(question);
    }

    private void routeKnown(Lane lane, Letter letter) {
        asked(mailboxes, letter, () -> stores.mailbox().route(lane.userId(), letter.envelope()))
                .onSuccess(routed -> routed(lane, routed))
                .onFailure(failure -> routeByNeighbours(lane, Owner.ACCOUNT, Failures.refusal(failure)));
    }

    private static void routed(Lane lane, Routed routed) {
        if (routed.location() != null) {
            lane.routedTo(routed.location());
        } else if (routed.kept()) {
            lane.routedToMailbox();
        } else {
            lane.routedToFullMailbox();
        }
    }

    private void routeUnknown(Lane lane, Refusal why) {
        if (why.code() == ErrorCode.UNAVAILABLE) {
            routeUnsure(lane, why);
        } else if (why.equals(Lookup.NOBODY) && UserId.isValid(lane.userId())) {
            routeToGuest(lane);
        } else {
            lane.notRouted(why.equals(Lookup.DISABLED) ? Lookup.NOBODY : why);
        }
    }

    /** MySQL cannot tell whether the account exists: somebody who is connected does, others must wait for MySQL. */
    private void routeUnsure(Lane lane, Refusal why) {
        Owner owner = stores.recipients().wasGuest(lane.userId()) ? Owner.GUEST : Owner.UNSURE;
        locate(lane).recover(redisIsDownToo -> Future.succeededFuture()).onSuccess(location -> {
            if (location != null) {
                lane.routedTo(location, owner);
            } else {
                routeByNeighbours(lane, owner, why);
            }
        });
    }

    /** An id without an account: who is connected under it is a guest. */
    private void routeToGuest(Lane lane) {
        locate(lane)
                .onSuccess(location -> {
                    if (location != null) {
                        stores.recipients().isGuest(lane.userId());
                        lane.routedTo(location, Owner.GUEST);
                    } else {
                        lane.notRouted(Lookup.NOBODY);
                    }
                })
                .onFailure(failure -> routeByNeighbours(lane, Owner.GUEST, Failures.refusal(failure)));
    }

    private Future<Location> locate(Lane lane) {
        return stores.locations().locate(List.of(lane.userId())).map(found -> found.get(lane.userId()));
    }

    /** A store is down: those who are connected to this very node can be reached all the same. */
    private void routeByNeighbours(Lane lane, Owner owner, Refusal why) {
        Location location =
                why.code() == ErrorCode.UNAVAILABLE ? stores.neighbours().find(lane.userId()) : null;
        if (location != null) {
            lane.routedTo(location, owner);
        } else {
            lane.notRouted(why);
        }
    }

    @Override
    public void push(Lane lane, Location location, Letter letter) {
        String gateway = location.gateway();
        Destination destination = destinations.find(gateway);
        int size = Destinations.size(letter.envelope());
        if (!members.reach(gateway)) {
            // Its node may be back for the next push of this turn, which must not get through before this one is told.
            destination.refuse();
            letter.number = pushes.add(lane, gateway);
            answerNextTurn(letter.number, Verdict.NOT_HERE, destination::told);
        } else if (destination == null || destination.admits(size)) {
            letter.number = pushes.add(lane, gateway, destination, size);
            destinations.push(gateway, new Parcel.Push(location.session(), letter.number, letter.envelope()));
        } else {
            letter.number = pushes.add(lane, gateway);
            answerNextTurn(letter.number, Verdict.REFUSED, destination::told);
        }
    }

    /** A push is never answered within the call: its lane does not know its number yet. */
    private void answerNextTurn(long number, Verdict verdict, Runnable then) {
        vertx.runOnContext(nextTurn -> {
            pushes.answered(new Answer(number, verdict, null));
            then.run();
        });
    }

    @Override
    public void append(Lane lane, Letter letter) {
        appends.pass(() -> stores.mailbox().append(lane.userId(), letter.envelope()))
                .onSuccess(appended -> {
                    if (appended.kept()) {
                        lane.appended(letter, appended.location());
                    } else {
                        lane.mailboxFull(letter, appended.location());
                    }
                })
                .onFailure(failure -> lane.notAppended(letter, Failures.refusal(failure)));
    }

    @Override
    public void nudge(Location location) {
        destinations.nudge(location.gateway(), new Parcel.Nudge(location.session()));
    }

    @Override
    public void readmit(Location location) {
        destinations.nudge(location.gateway(), new Parcel.Readmit(location.session()));
    }

    @Override
    public void limitWaitForOldRoad(Lane lane) {
        vertx.setTimer(OLD_ROAD_MILLIS, timer -> lane.leaveOldRoad());
    }

    @Override
    public void forward(String userId, Letter letter) {
        Submission respelt = letter.submission.to(userId);
        bus.send(addresses.deliveryTo(userId), new Submissions(letter.senderGateway, List.of(respelt)));
    }

    @Override
    public void delivered(Letter letter) {
        settle(
                letter,
                Receipt.delivered(
                        letter.submission.clientId(), letter.envelope().id()));
    }

    @Override
    public void stored(Letter letter) {
        settle(
                letter,
                Receipt.stored(letter.submission.clientId(), letter.envelope().id(), stores.durability()));
    }

    /** A reason that the session gave shows a guest, also while MySQL cannot tell whose the id is. */
    @Override
    public void refused(Letter letter, Refusal why) {
        if (why == letter.why) {
            stores.recipients().isGuest(letter.submission.chatTo());
        }
        settle(
                letter,
                Receipt.refused(letter.submission.clientId(), letter.envelope().id(), why));
    }

    private void settle(Letter letter, Receipt receipt) {
        outcomes.add(
                letter.senderGateway, new Outcome(letter.submission.session(), receipt, letter.submission.share()));
    }
}
