package dev.leat.plugin.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The threads of this JVM that live at a moment, virtual ones included, without those that the JDK starts for itself.
 * Immutable.
 *
 * <p>Only a thread dump knows virtual threads.
 *
 * @param names what each is called, by its id
 */
record LiveThreads(Map<Long, String> names) {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Set<String> GROUPS_OF_THE_JDK = Set.of("system", "InnocuousThreadGroup", "CarrierThreads");

    /** The pool that all of the JVM shares, and the virtual threads that wait for sockets on behalf of others. */
    private static final Set<String> NAMES_OF_THE_JDK = Set.of("ForkJoinPool.commonPool-", "SubPoller-");

    static LiveThreads now() {
        Map<Long, String> names = new TreeMap<>();
        Thread.getAllStackTraces().keySet().stream().filter(Thread::isAlive)
                .filter(thread -> !isOfJdk(thread))
                .forEach(thread -> names.put(thread.threadId(), thread.getName()));
        dump().findParents("virtual").stream().filter(thread -> thread.path("virtual").asBoolean())
                .forEach(thread -> names.put(thread.path("tid").asLong(), thread.path("name").asText()));
        names.values().removeIf(name -> NAMES_OF_THE_JDK.stream().anyMatch(name::startsWith));
        return new LiveThreads(names);
    }

    /** Those of these that did not live at the earlier moment. */
    LiveThreads startedSince(LiveThreads earlier) {
        Map<Long, String> started = new TreeMap<>(names);
        started.keySet().removeAll(earlier.names().keySet());
        return new LiveThreads(started);
    }

    private static boolean isOfJdk(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group == null || GROUPS_OF_THE_JDK.contains(group.getName());
    }

    private static JsonNode dump() {
        try {
            // The dump wants a file that does not exist.
            Path folder = Files.createTempDirectory("leat-threads");
            Path file = folder.resolve("threads.json");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(),
                        ThreadDumpFormat.JSON);
                return MAPPER.readTree(file.toFile());
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Expected to write and read a thread dump, but: " + e.getMessage(), e);
        }
    }
}
