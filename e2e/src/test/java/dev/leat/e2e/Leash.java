package dev.leat.e2e;

import java.io.IOException;
import java.util.Arrays;

/**
 * The first main class of every process that a test starts: it runs another one, and ends the process as soon as nobody
 * holds the other end of its standard input any more. So no process outlives its test, not even a killed one.
 */
public final class Leash {

    private static final int LET_GO = 3;

    private Leash() {}

    /** Runs the main class that is named first, with the other arguments. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("leash").start(Leash::endWithTheHolder);
        Class.forName(arguments[0])
                .getMethod("main", String[].class)
                .invoke(null, (Object) Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWithTheHolder() {
        try {
            while (System.in.read() >= 0) {
                // The holder writes nothing; if it did, it would live.
            }
        } catch (IOException e) {
            // As good as an end.
        }
        Runtime.getRuntime().halt(LET_GO);
    }
}
