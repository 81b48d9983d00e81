package dev.leat.e2e.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of a chaos run.
 *
 * @param injections the faults that happened
 * @param endedByThemselves the names of the processes that ended although nobody broke them
 * @param incurable the processes that did not come back
 * @param load what was submitted, and how it was answered
 * @param jobs how many acknowledged jobs are in which state, by its name
 * @param others how many jobs stand on the topics whose submission got no answer
 * @param batches how many batches ended in which way, by its name
 * @param onBehalf how many jobs were submitted on behalf of what
 * @param violations what was broken of the guarantees, a sentence each
 * @param takeovers from the kill of a worker to the next start of a job that it ran
 * @param failovers from the loss of a projector until reads answer again, by how it was lost
 */
record ChaosReport(ChaosOptions options, List<Injection> injections, List<String> endedByThemselves,
        List<String> incurable, Load load, Map<String, Long> jobs, long others, Map<String, Long> batches,
        Map<String, Long> onBehalf, List<String> violations, Spread takeovers, Map<FaultKind, Spread> failovers) {

    private static final int MOST_SHOWN = 20;

    /**
     * What was submitted.
     *
     * @param repeated how often a submission was made again, as it was not answered or told to be
     * @param batches how many batches were to be submitted
     * @param acknowledgedBatches how many of them were accepted; of the others some were invalid, some not answered
     * @param pauses how often a plugin was paused
     * @param unexpected answers that no fault excuses
     */
    record Load(int submitted, int acknowledged, int repeated, int batches, int acknowledgedBatches, int pauses,
            List<String> unexpected) {}

    /** All that speaks against Leat, a sentence each; empty after a good run. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(violations);
        load.unexpected()
                .forEach(answer -> complaints.add("Expected an answer that a fault explains, but got " + answer));
        incurable.forEach(process -> complaints.add("Expected every process to come back, but " + process));
        return complaints;
    }

    @Override
    public String toString() {
        List<String> complaints = complaints();
        return """
                Chaos run with seed %d, %.1f minutes
                  faults                 %s
                  ended by themselves    %s
                  jobs                   %d submitted, %d acknowledged, %d tries repeated, %d more on the topics
                  acknowledged jobs      %s
                  batches                %d submitted, %d acknowledged; %s
                  jobs on behalf of      %s
                  pauses of a plugin     %d
                  a worker's jobs started again, after its kill -9    %s
                  reads answered again, after a projector's loss      %s
                  violations             %d
                %s""".formatted(options.seed(), options.length().toMillis() / 60e3,
                counted(injections.stream().map(Injection::kind).toList()), counted(endedByThemselves),
                load.submitted(), load.acknowledged(), load.repeated(), others, written(new TreeMap<>(jobs)),
                load.batches(), load.acknowledgedBatches(), written(new TreeMap<>(batches)),
                written(new TreeMap<>(onBehalf)), load.pauses(), takeovers,
                byKind(failovers), complaints.size(), shown(complaints));
    }

    private static <T extends Comparable<T>> String counted(List<T> things) {
        return written(things.stream().collect(Collectors.groupingBy(thing -> thing, TreeMap::new,
                Collectors.counting())));
    }

    private static String written(Map<?, Long> counts) {
        return counts.isEmpty()
                ? "none"
                : counts.entrySet()
                        .stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "));
    }

    private static String byKind(Map<FaultKind, Spread> times) {
        return times.isEmpty()
                ? "not seen"
                : times.entrySet()
                        .stream()
                        .map(time -> time.getKey() + ": " + time.getValue())
                        .collect(Collectors.joining("; "));
    }

    private static String shown(List<String> complaints) {
        return complaints.stream().limit(MOST_SHOWN).map(complaint -> "    " + complaint + "\n").collect(
                Collectors.joining());
    }
}
