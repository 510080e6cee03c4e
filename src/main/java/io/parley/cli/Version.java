package io.parley.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: the version of the jar, or that this runs from classes. */
public final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"parley " + (version == null ? "development" : version)};
    }
}
