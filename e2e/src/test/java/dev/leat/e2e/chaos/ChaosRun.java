package dev.leat.e2e.chaos;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.leat.domain.Fact;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.Origin;
import dev.leat.domain.Submission;
import dev.leat.domain.batch.BatchView;
import dev.leat.testkit.guarantees.Guarantee;
import dev.leat.testkit.guarantees.History;
import dev.leat.testkit.guarantees.History.RecordedFact;

/**
 * One chaos run: starts a whole installation as real processes, submits jobs all the time, breaks one thing after the
 * other, makes everything good, waits until nothing moves any more, and has the guarantees judge what happened.
 *
 * <p>The seed draws what is submitted and what goes wrong, in that order. When things happen is up to the machine: a
 * second run with the same seed is alike, not the same.
 */
final class ChaosRun {

    private final Path folder;
    private final ChaosOptions options;
    private final ChaosLog log = new ChaosLog();

    /** @param folder for data and output of all processes */
    ChaosRun(Path folder, ChaosOptions options) {
        this.folder = folder;
        this.options = options;
    }

    /** Runs, and returns when every process has ended. */
    ChaosReport run() throws IOException, InterruptedException, ExecutionException {
        log.say("seed %d, %.1f minutes, data and logs in %s".formatted(options.seed(),
                options.length().toMillis() / 60e3,
                folder));
        try (Installation leat = new Installation(folder)) {
            leat.startFoundation();
            log.say("brokers and registry run");
            return run(leat);
        }
    }

    private ChaosReport run(Installation leat) throws IOException, InterruptedException, ExecutionException {
        Random seeds = new Random(options.seed());
        try (Supervisor supervisor = new Supervisor(leat.nodes(), log);
                Gateways gateways = new Gateways(leat.apiUrls());
                Submissions submissions = new Submissions(gateways, new Random(seeds.nextLong()));
                BatchSubmissions batches = new BatchSubmissions(gateways, new Random(seeds.nextLong()));
                Operator operator = new Operator(gateways)) {
            ReadProbe reads = new ReadProbe(gateways, submissions::acknowledged);
            Outages outages = new Outages(supervisor, reads::watch, log);
            supervisor.startAll();
            log.say("everything runs");
            operator.start();
            submissions.start();
            batches.start();
            new Faults(leat, supervisor, outages, options.faults(), new Random(seeds.nextLong()))
                    .inject(options.length());
            log.say("making everything good");
            outages.healAll();
            batches.stop();
            operator.stop();
            submissions.stop();
            settle(new Quiescence(gateways, supervisor), submissions.acknowledged());
            History history = Recording.of(leat, new Recording.Answers(submissions.acknowledged(),
                    batches.acknowledged(), batches.refused(), operator.said()));
            log.say("recorded %d facts".formatted(history.facts().size()));
            return report(history, supervisor, load(submissions, batches, operator), outages.injections(),
                    reads.failovers(outages.injections()));
        }
    }

    private void settle(Quiescence quiescence, Set<JobId> acknowledged) {
        log.say("waiting for %d acknowledged jobs to end".formatted(acknowledged.size()));
        log.say("%d jobs have not ended".formatted(quiescence.await(acknowledged).size()));
    }

    private static ChaosReport.Load load(Submissions submissions, BatchSubmissions batches, Operator operator) {
        List<String> unexpected = new ArrayList<>(submissions.unexpected());
        unexpected.addAll(batches.unexpected());
        return new ChaosReport.Load(submissions.submitted(), submissions.acknowledged().size(), submissions.repeated(),
                batches.submitted(), batches.acknowledged().size(), operator.pauses(), unexpected);
    }

    private ChaosReport report(History history, Supervisor supervisor, ChaosReport.Load load,
            List<Injection> injections, Map<FaultKind, Spread> failovers) {
        long others = history.facts()
                .stream()
                .map(RecordedFact::job)
                .distinct()
                .filter(job -> !history.acknowledged().contains(job))
                .count();
        return new ChaosReport(options, injections, supervisor.endedByThemselves(), supervisor.incurable(), load,
                states(history), others, batches(history), byOrigin(history), Guarantee.violationsOfAll(history),
                takeovers(history, injections),
                failovers);
    }

    private static Map<String, Long> states(History history) {
        Map<JobId, JobView> shown = history.shown().values().iterator().next();
        return history.acknowledged()
                .stream()
                .collect(Collectors.groupingBy(job -> shown.containsKey(job) ? shown.get(job).status() : "not shown",
                        Collectors.counting()));
    }

    private static Map<String, Long> batches(History history) {
        return history.batches()
                .shown()
                .values()
                .iterator()
                .next()
                .values()
                .stream()
                .collect(Collectors.groupingBy(BatchView::status, Collectors.counting()));
    }

    /** How many jobs were submitted on whose behalf. */
    private static Map<String, Long> byOrigin(History history) {
        Map<JobId, Origin.Kind> kinds = new HashMap<>();
        history.facts().forEach(recorded -> {
            Optional<Submission> submission = switch (recorded.fact()) {
                case Fact.JobScheduled scheduled -> Optional.of(scheduled.submission());
                case Fact.JobQueued queued -> Optional.of(queued.submission());
                default -> Optional.empty();
            };
            submission.flatMap(Submission::origin).ifPresent(origin -> kinds.put(recorded.job(), origin.kind()));
        });
        return kinds.values()
                .stream()
                .collect(Collectors.groupingBy(kind -> kind.name().toLowerCase(Locale.ROOT), Collectors.counting()));
    }

    private static Spread takeovers(History history, List<Injection> injections) {
        TakeoverTimes times = new TakeoverTimes(history.facts());
        List<Duration> all = injections.stream()
                .filter(injection -> injection.kind() == FaultKind.WORKER_KILLED)
                .flatMap(kill -> kill.worker().stream().flatMap(worker -> times.after(worker, kill.at()).stream()))
                .toList();
        return new Spread(all);
    }
}
