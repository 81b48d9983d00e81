package dev.leat.plugin.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * The threads of this JVM that were started since a moment and still live, virtual ones included, without those that
 * the JDK starts for itself. Not for use by several threads at once.
 *
 * <p>Virtual threads are seen by the flight recorder's events of their start and end. A thread dump knows them as well,
 * but JDK 25 (seen with 25.0.3) crashes when it dumps a virtual thread that unmounts at that moment.
 */
final class StartedThreads implements AutoCloseable {

    private static final Set<String> GROUPS_OF_THE_JDK = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /**
     * The pool that all of the JVM shares, the virtual threads that wait for sockets on behalf of others, and the
     * recorder's own.
     */
    private static final Set<String> NAMES_OF_THE_JDK = Set.of("ForkJoinPool.commonPool-", "SubPoller-", "JFR ");

    private static final String STARTED = "jdk.VirtualThreadStart";
    private static final String ENDED = "jdk.VirtualThreadEnd";

    private final Recording recording = new Recording();
    private final Set<Long> earlier;

    private StartedThreads() {
        recording.enable(STARTED).withoutStackTrace();
        recording.enable(ENDED).withoutStackTrace();
        recording.start();
        earlier = Set.copyOf(platformThreads().keySet());
    }

    /** Watches from now on, until it is closed. */
    static StartedThreads sinceNow() {
        return new StartedThreads();
    }

    /** What those are called that live now. */
    List<String> alive() {
        Map<Long, String> names = platformThreads();
        names.keySet().removeAll(earlier);
        names.putAll(virtualThreads());
        names.values().removeIf(name -> NAMES_OF_THE_JDK.stream().anyMatch(name::startsWith));
        return List.copyOf(names.values());
    }

    @Override
    public void close() {
        recording.close();
    }

    private static Map<Long, String> platformThreads() {
        Map<Long, String> names = new TreeMap<>();
        Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive)
                .filter(thread -> !isOfJdk(thread))
                .forEach(thread -> names.put(thread.threadId(), thread.getName()));
        return names;
    }

    private static boolean isOfJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || GROUPS_OF_THE_JDK.contains(group.getName());
    }

    private Map<Long, String> virtualThreads() {
        List<RecordedEvent> events = recorded();
        Map<Long, String> names = new TreeMap<>();
        events.stream().filter(event -> event.getEventType().getName().equals(STARTED))
                .forEach(event -> names.put(event.getLong("javaThreadId"), name(event.getThread())));
        events.stream().filter(event -> event.getEventType().getName().equals(ENDED))
                .forEach(event -> names.remove(event.getLong("javaThreadId")));
        return names;
    }

    private static String name(RecordedThread thread) {
        return thread == null || thread.getJavaName() == null ? "" : thread.getJavaName();
    }

    private List<RecordedEvent> recorded() {
        try {
            Path file = Files.createTempFile("leat-threads", ".jfr");
            try {
                recording.dump(file);
                return RecordingFile.readAllEvents(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to write and read a recording, but: " + e.getMessage(), e);
        }
    }
}
