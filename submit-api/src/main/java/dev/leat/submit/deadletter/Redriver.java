package dev.leat.submit.deadletter;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

import dev.leat.domain.CommandPosition;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;
import dev.leat.submit.deadletter.LetterSender.Outcome;

/**
 * Sends dead letters back to where they came from, on purpose. Thread-safe; callers block.
 *
 * <p>Invariant: one that was sent back is not sent again unless somebody asks for that, also not by another instance or
 * after a restart: before it sends, an instance reads all markers that have been written. Two instances that are asked
 * at the same moment may both send, and so may one that is asked again after it died in between ({@link LetterSender}).
 */
public final class Redriver {

    private final DeadLetterIndex index;
    private final DeadLetterTopic topic;
    private final RedriveRule rule;
    private final LetterSender sender;
    /** One at a time, so that two requests do not send the same record. */
    private final ReentrantLock turn = new ReentrantLock(true);

    /** One that was sent back: where its record stands now, and since when. */
    public record Redriven(DeadLetterId id, CommandPosition to, Instant at) {}

    /**
     * What became of a set.
     *
     * @param count how many were sent back, or would be
     * @param skipped how many were sent back before, and so not now
     * @param failures the others, and why
     */
    public record Result(int count, int skipped, Map<DeadLetterId, Problem> failures) {}

    Redriver(DeadLetterIndex index, DeadLetterTopic topic, RedriveRule rule, LetterSender sender) {
        this.index = index;
        this.topic = topic;
        this.rule = rule;
        this.sender = sender;
    }

    /**
     * Sends one back.
     *
     * @param again also where it was sent back before
     * @throws ProblemException where there is no such dead letter, it cannot be sent back, or Kafka is away
     */
    public Redriven redrive(DeadLetterId id, boolean again) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            topic.catchUp();
            DeadLetterEntry entry = index.find(id).orElseThrow(() -> DeadLetterProblems.notFound(id));
            if (!again && entry.redrivenAt().isPresent()) {
                throw DeadLetterProblems
                        .thrown(DeadLetterProblems.alreadyRedriven(id, entry.redrivenAt().get()));
            }
            RedrivePlan plan = checked(RedrivePlan.of(List.of(entry), true, rule));
            if (plan.refused().containsKey(id)) {
                throw DeadLetterProblems.thrown(plan.refused().get(id));
            }
            return switch (Optional.ofNullable(sender.send(plan.wanted()).get(id)).orElseThrow()) {
                case Outcome.Sent(CommandPosition to, Instant at) -> new Redriven(id, to, at);
                case Outcome.NotSent(Problem why) -> throw DeadLetterProblems.thrown(why);
            };
        } finally {
            turn.unlock();
        }
    }

    /**
     * Says what {@link #redriveAll} would do.
     *
     * @throws ProblemException where the dead letters are not known yet, or Kafka is away
     */
    public Result dryRun(DeadLetterFilter filter, boolean again) throws InterruptedException {
        topic.catchUp();
        RedrivePlan plan = checked(RedrivePlan.of(index.all(filter), again, rule));
        return new Result(plan.wanted().size(), plan.skipped(), plan.refused());
    }

    /**
     * Sends back all that match. Where Kafka goes away meanwhile, the rest is among the failures.
     *
     * @param again also those that were sent back before
     * @throws ProblemException where the dead letters are not known yet, or Kafka is away
     */
    public Result redriveAll(DeadLetterFilter filter, boolean again) throws InterruptedException {
        turn.lockInterruptibly();
        try {
            topic.catchUp();
            return carryOut(checked(RedrivePlan.of(index.all(filter), again, rule)));
        } finally {
            turn.unlock();
        }
    }

    private RedrivePlan checked(RedrivePlan plan) throws InterruptedException {
        return plan.wanted().isEmpty() ? plan : plan.onlyTo(topic.existing(plan.topics()));
    }

    private Result carryOut(RedrivePlan plan) throws InterruptedException {
        Map<DeadLetterId, Problem> failures = new LinkedHashMap<>(plan.refused());
        int count = 0;
        boolean away = false;
        for (List<DeadLetterEntry> chunk : plan.chunks()) {
            Map<DeadLetterId, Outcome> outcomes = away ? notTried(chunk) : tried(chunk);
            for (Map.Entry<DeadLetterId, Outcome> outcome : outcomes.entrySet()) {
                switch (outcome.getValue()) {
                    case Outcome.Sent _ -> count++;
                    case Outcome.NotSent(Problem why) -> {
                        failures.put(outcome.getKey(), why);
                        away |= why.status() == 503;
                    }
                }
            }
        }
        return new Result(count, plan.skipped(), failures);
    }

    private Map<DeadLetterId, Outcome> tried(List<DeadLetterEntry> chunk) throws InterruptedException {
        try {
            return sender.send(chunk);
        } catch (ProblemException unreadable) {
            return notTried(chunk);
        }
    }

    private static Map<DeadLetterId, Outcome> notTried(List<DeadLetterEntry> chunk) {
        Map<DeadLetterId, Outcome> outcomes = new LinkedHashMap<>();
        chunk.forEach(entry -> outcomes.put(entry.id(), new Outcome.NotSent(DeadLetterProblems.brokerUnavailable())));
        return outcomes;
    }
}
