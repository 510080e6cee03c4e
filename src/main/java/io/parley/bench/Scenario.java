package io.parley.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** A kind of load. Runs once, on one event loop. */
public interface Scenario {

    /** Fails when the nodes cannot be reached; what goes wrong later is in the report. */
    Future<Report> run();

    /** How far it is, for a person. */
    String progress();

    /** The kinds of load that there are, as people type them. */
    enum Kind {
        direct,
        fanout,
        offline,
        idle,
        login;

        /** A run of this kind. */
        public Scenario on(Vertx vertx, Load load) {
            return switch (this) {
                case direct -> new Direct(vertx, load);
                case fanout -> new FanOut(vertx, load);
                case offline -> new Offline(vertx, load);
                case idle -> new Idle(vertx, load);
                case login -> new Logins(vertx, load);
            };
        }
    }
}
