package io.parley.bus;

import io.vertx.core.Completable;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * The registry of a cluster of one node. When it is stubborn it answers only when it is told to: as one that waits for
 * a member that hangs.
 */
final class StubbornRegistry {

    private final List<String> asked = new ArrayList<>();
    private final List<Completable<?>> unanswered = new ArrayList<>();
    private boolean stubborn;

    /** What a clustered Vert.x needs of it. */
    ClusterManager asClusterManager() {
        return (ClusterManager) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ClusterManager.class},
                (proxy, method, arguments) -> called(method, arguments));
    }

    private synchronized Object called(Method method, Object[] arguments) {
        switch (method.getName()) {
            case "getNodeId":
                return "the only node";
            case "getNodes":
                return List.of("the only node");
            case "isActive":
                return true;
            case "addRegistration", "removeRegistration":
                ask(method.getName(), (RegistrationInfo) arguments[1], (Completable<?>) arguments[2]);
                return null;
            case "join", "leave", "setNodeInfo":
                ((Completable<?>) arguments[arguments.length - 1]).succeed();
                return null;
            default:
                return null;
        }
    }

    private void ask(String what, RegistrationInfo registration, Completable<?> answer) {
        asked.add(what + ' ' + registration.seq());
        if (stubborn) {
            unanswered.add(answer);
        } else {
            answer.succeed();
        }
    }

    /** What was asked since the last call: the method and the registration's number. */
    synchronized List<String> asked() {
        List<String> since = List.copyOf(asked);
        asked.clear();
        return since;
    }

    synchronized void beStubborn() {
        stubborn = true;
    }

    synchronized void answer() {
        stubborn = false;
        unanswered.forEach(Completable::succeed);
        unanswered.clear();
    }

    synchronized void fail() {
        stubborn = false;
        unanswered.forEach(each -> each.fail("no answer from a member"));
        unanswered.clear();
    }
}
