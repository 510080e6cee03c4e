package io.parley.config;

import io.parley.config.AuthConfig.TokenConfig.Algorithm;
import io.parley.config.ClusterConfig.Discovery;
import io.parley.config.Fault.Problem;
import io.parley.config.ListenerConfig.Dialect;
import io.parley.config.MySqlConfig.Tls;
import java.util.List;
import java.util.stream.IntStream;

/** What keys ask of each other. A rule keeps silent when one of its keys has a fault of its own. */
final class Rules {

    private final Settings settings;

    private Rules(Settings settings) {
        this.settings = settings;
    }

    /** Adds a fault to the settings for each rule that they break. */
    static void apply(Settings settings) {
        Rules rules = new Rules(settings);
        rules.listeners();
        rules.http();
        rules.stores();
        rules.token();
        rules.cluster();
        rules.atLeast(Keys.MAX_BYTES, Keys.MAX_FRAME);
        rules.atLeast(Keys.WAITING_BYTES, Keys.MAX_FRAME);
        rules.above(Keys.IDLE_TIMEOUT, Keys.HEARTBEAT);
    }

    private void listeners() {
        int count = settings.listeners();
        if (count == 0
                && settings.faults().stream().noneMatch(fault -> fault.key().equals("listeners"))) {
            settings.faults()
                    .add(new Fault(
                            Problem.MISSING, "listeners", "", "", "[ 1 .. " + Keys.MAX_LISTENERS + " listeners ]"));
        }
        for (int i = 0; i < count; i++) {
            for (int earlier = 0; earlier < i; earlier++) {
                differ(ListenerKeys.NAME.at(i), ListenerKeys.NAME.at(earlier));
                if (collide(ListenerKeys.HOST.at(i), ListenerKeys.PORT.at(i), ListenerKeys.HOST.at(earlier))) {
                    differ(ListenerKeys.PORT.at(i), ListenerKeys.PORT.at(earlier));
                }
            }
        }
        IntStream.range(0, count).forEach(this::guests);
        IntStream.range(0, count)
                .mapToObj(ListenerKeys.TLS::at)
                .filter(tls -> Boolean.TRUE.equals(settings.of(tls)))
                .findFirst()
                .ifPresent(tls -> needs(Keys.TLS_CERTIFICATE, tls));
        if (settings.isGiven(Keys.TLS_CERTIFICATE)) {
            needs(Keys.TLS_KEY, Keys.TLS_CERTIFICATE);
        }
        if (settings.isGiven(Keys.TLS_KEY)) {
            needs(Keys.TLS_CERTIFICATE, Keys.TLS_KEY);
        }
    }

    /** What is about guests only, on a listener that has none. */
    private void guests(int listener) {
        Key<Boolean> guests = ListenerKeys.GUESTS.at(listener);
        if (!Boolean.FALSE.equals(settings.of(guests))) {
            return;
        }
        for (Key<Boolean> flag : List.of(ListenerKeys.GUESTS_REPLACE, ListenerKeys.GUESTS_BROADCAST)) {
            if (Boolean.TRUE.equals(settings.of(flag.at(listener)))) {
                fault(guests, flag.at(listener));
            }
        }
        if (settings.of(ListenerKeys.DIALECT.at(listener)) == Dialect.NICKNAME) {
            fault(guests, ListenerKeys.DIALECT.at(listener));
        }
    }

    private void http() {
        if (settings.isGiven(Keys.HTTP_HOST)) {
            needs(Keys.HTTP_PORT, Keys.HTTP_HOST);
        }
        for (int i = 0; i < settings.listeners(); i++) {
            if (collide(Keys.HTTP_HOST, Keys.HTTP_PORT, ListenerKeys.HOST.at(i))) {
                differ(Keys.HTTP_PORT, ListenerKeys.PORT.at(i));
            }
        }
    }

    /** A port may be used once an address; a wildcard is every address, and port 0 is another one each time. */
    private boolean collide(Key<String> hostKey, Key<Integer> portKey, Key<String> otherHostKey) {
        Integer port = settings.of(portKey);
        String host = settings.of(hostKey);
        String otherHost = settings.of(otherHostKey);
        return port != null
                && port != 0
                && host != null
                && otherHost != null
                && (host.equals(otherHost) || isWildcard(host) || isWildcard(otherHost));
    }

    private static boolean isWildcard(String host) {
        return host.equals("0.0.0.0") || host.equals("::");
    }

    /** An authority that is named and never asked would be a false comfort. */
    private void stores() {
        Tls tls = settings.of(Keys.MYSQL_TLS);
        if (tls == Tls.DISABLED || tls == Tls.REQUIRED) {
            bars(Keys.MYSQL_TLS, Keys.MYSQL_CA);
        }
        if (Boolean.FALSE.equals(settings.of(Keys.REDIS_TLS))) {
            bars(Keys.REDIS_TLS, Keys.REDIS_CA);
        }
        if (settings.isGiven(Keys.REDIS_USER)) {
            needs(Keys.REDIS_PASSWORD, Keys.REDIS_USER);
        }
    }

    /** No default secret, and never two ways to check one token. */
    private void token() {
        Algorithm algorithm = settings.of(Keys.TOKEN_ALGORITHM);
        if (algorithm == Algorithm.HS256) {
            needs(Keys.TOKEN_SECRET, Keys.TOKEN_ALGORITHM);
            bars(Keys.TOKEN_ALGORITHM, Keys.TOKEN_PUBLIC_KEY);
            bars(Keys.TOKEN_ALGORITHM, Keys.TOKEN_PRIVATE_KEY);
        } else if (algorithm != null) {
            needs(Keys.TOKEN_PUBLIC_KEY, Keys.TOKEN_ALGORITHM);
            bars(Keys.TOKEN_ALGORITHM, Keys.TOKEN_SECRET);
        }
    }

    /** A node that stays alone may have the rest of the section at hand, so that one variable switches it on. */
    private void cluster() {
        if (!Boolean.TRUE.equals(settings.of(ClusterKeys.ENABLED))) {
            return;
        }
        needs(ClusterKeys.CLUSTER_HOST, ClusterKeys.ENABLED);
        differ(ClusterKeys.BUS_PORT, ClusterKeys.CLUSTER_PORT);
        Discovery discovery = settings.of(ClusterKeys.DISCOVERY);
        if (discovery == Discovery.STATIC) {
            needs(ClusterKeys.MEMBERS_LIST, ClusterKeys.DISCOVERY);
            bars(ClusterKeys.DISCOVERY, ClusterKeys.DNS);
        } else if (discovery == Discovery.DNS) {
            needs(ClusterKeys.DNS, ClusterKeys.DISCOVERY);
            bars(ClusterKeys.DISCOVERY, ClusterKeys.MEMBERS_LIST);
        }
        for (Key<?> file : List.of(ClusterKeys.BUS_CERTIFICATE, ClusterKeys.BUS_KEY, ClusterKeys.BUS_CA)) {
            if (Boolean.TRUE.equals(settings.of(ClusterKeys.BUS_TLS))) {
                needs(file, ClusterKeys.BUS_TLS);
            } else {
                bars(ClusterKeys.BUS_TLS, file);
            }
        }
    }

    private void needs(Key<?> needed, Key<?> because) {
        if (!settings.isGiven(needed)) {
            fault(needed, because);
        }
    }

    private void fault(Key<?> needed, Key<?> because) {
        settings.fault(Problem.NEEDED, needed, "", because.path() + " = " + settings.shown(because));
    }

    private void bars(Key<?> because, Key<?> useless) {
        if (settings.isGiven(useless)) {
            settings.fault(Problem.USELESS, useless, "", because.path() + " = " + settings.shown(because));
        }
    }

    private <T> void differ(Key<T> key, Key<T> earlier) {
        T value = settings.of(key);
        if (value != null && value.equals(settings.of(earlier))) {
            settings.fault(Problem.TAKEN, key, settings.shown(key), earlier.path());
        }
    }

    private <T extends Comparable<T>> void above(Key<T> key, Key<T> floor) {
        compare(key, floor, 1, ">");
    }

    private <T extends Comparable<T>> void atLeast(Key<T> key, Key<T> floor) {
        compare(key, floor, 0, ">=");
    }

    private <T extends Comparable<T>> void compare(Key<T> key, Key<T> floor, int atLeast, String sign) {
        T value = settings.of(key);
        T other = settings.of(floor);
        if (value != null && other != null && value.compareTo(other) < atLeast) {
            String allowed = sign + " " + floor.path() + " (" + settings.shown(floor) + ")";
            settings.fault(Problem.WRONG, key, settings.shown(key), allowed);
        }
    }
}
