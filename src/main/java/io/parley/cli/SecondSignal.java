package io.parley.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices SIGTERM and Ctrl-C while the process is ending already, which a JVM ignores: whoever asks twice does not want
 * to wait.
 *
 * <p>By reflection, as {@code sun.misc.Signal} is the one way to hear a signal, is exported by every JDK, and makes the
 * compiler warn in a way that nothing silences.
 */
final class SecondSignal {

    private static final List<String> NAMES = List.of("TERM", "INT");

    private SecondSignal() {}

    /** Replaces what the JVM does at these signals, so only for a process that is ending. */
    static void then(Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object noticed = Proxy.newProxyInstance(
                    SecondSignal.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                        task.run();
                        return null;
                    });
            for (String name : NAMES) {
                signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), noticed);
            }
        } catch (ReflectiveOperationException notHeard) {
            // With -Xrs, for example: signals are then none of the JVM's business.
            Logger log = LoggerFactory.getLogger(SecondSignal.class);
            log.debug("a second signal will not be noticed", notHeard);
        }
    }
}
