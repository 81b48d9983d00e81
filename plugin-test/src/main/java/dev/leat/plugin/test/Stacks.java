package dev.leat.plugin.test;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Where threads are, for people. */
final class Stacks {

    private static final int DEEPEST = 20;

    private Stacks() {}

    static String of(Thread thread) {
        return Arrays.stream(thread.getStackTrace()).limit(DEEPEST)
                .map(frame -> "%n    at %s".formatted(frame)).collect(Collectors.joining());
    }
}
