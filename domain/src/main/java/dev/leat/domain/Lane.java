package dev.leat.domain;

import java.util.Locale;

/** The three priority lanes of a plugin, most urgent first. Each lane is a topic of its own. */
public enum Lane {
    HIGH, NORMAL, LOW;

    /** The lane's name outside the JVM: in topic names, in HTTP and on the command line. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
