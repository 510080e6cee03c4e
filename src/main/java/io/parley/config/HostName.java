package io.parley.config;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The name of this machine, as the default of {@code node.id}. */
final class HostName {

    private HostName() {}

    /** With dashes for what a node id must not hold; null when the machine does not know its name. */
    static String find() {
        try {
            String name = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "-");
            return name.substring(0, Math.min(64, name.length()));
        } catch (UnknownHostException nameless) {
            return null;
        }
    }
}
