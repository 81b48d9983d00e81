package dev.leat.submit.deadletter;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.CommandPosition;
import dev.leat.runtime.http.Problem;
import dev.leat.schemas.Redrive;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.SendFailedException;

/**
 * Sends records back to their topics, and then remembers that by markers. Thread-safe; callers block.
 *
 * <p>At least once: whoever dies between the acknowledgement of a record and that of its marker has sent the record
 * and does not know it, so whoever asks again sends it a second time. A command carries its job's id, and so is the
 * same job then; a fact that has counted changes nothing when it comes again.
 */
final class LetterSender {

    private static final Logger LOG = LoggerFactory.getLogger(LetterSender.class);

    private final DeadLetterIndex index;
    private final DeadLetterTopic topic;
    private final AcknowledgedSender sender;
    private final InstantSource clock;

    /** A dead letter with its content, and the topic that it goes to. */
    private record Letter(DeadLetterId id, String topic, ConsumerRecord<byte[], byte[]> content) {}

    /** What became of one. */
    sealed interface Outcome {

        /** It stands in its topic, for good. */
        record Sent(CommandPosition to, Instant at) implements Outcome {}

        record NotSent(Problem why) implements Outcome {}
    }

    LetterSender(DeadLetterIndex index, DeadLetterTopic topic, AcknowledgedSender sender, InstantSource clock) {
        this.index = index;
        this.topic = topic;
        this.sender = sender;
        this.clock = clock;
    }

    /**
     * Sends all of them, together and in their order. What has gone from the topic meanwhile is not sent.
     *
     * @param entries with origins that may be sent to
     * @throws dev.leat.runtime.http.ProblemException where Kafka does not give their contents
     */
    Map<DeadLetterId, Outcome> send(List<DeadLetterEntry> entries) throws InterruptedException {
        Map<DeadLetterId, ConsumerRecord<byte[], byte[]>> contents = topic
                .read(entries.stream().map(DeadLetterEntry::id).toList());
        Map<DeadLetterId, Outcome> outcomes = new LinkedHashMap<>();
        List<Letter> letters = new ArrayList<>();
        for (DeadLetterEntry entry : entries) {
            Optional.ofNullable(contents.get(entry.id()))
                    .map(content -> new Letter(entry.id(), entry.origin().orElseThrow().topic(), content))
                    .ifPresentOrElse(letters::add, () -> outcomes.put(entry.id(), gone(entry.id())));
        }
        outcomes.putAll(sendContents(letters));
        return outcomes;
    }

    private Outcome gone(DeadLetterId id) {
        index.remove(id);
        return new Outcome.NotSent(DeadLetterProblems.notFound(id).problem());
    }

    private Map<DeadLetterId, Outcome> sendContents(List<Letter> letters) {
        List<CompletableFuture<CommandPosition>> sent = begin(letters);
        Map<DeadLetterId, Outcome> outcomes = new LinkedHashMap<>();
        List<CompletableFuture<CommandPosition>> markers = new ArrayList<>();
        for (int i = 0; i < letters.size(); i++) {
            Letter letter = letters.get(i);
            try {
                CommandPosition to = AcknowledgedSender.await(sent.get(i));
                Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                outcomes.put(letter.id(), new Outcome.Sent(to, at));
                markers.add(sender.begin(Redrive.marker(letter.content(), to, at)));
                index.markRedriven(letter.id(), at);
            } catch (SendFailedException failed) {
                LOG.warn("Expected the record of dead letter {} to be acknowledged on {}, but it is {}: {}",
                        letter.id(), letter.topic(), failed.outcome(), failed.getMessage());
                outcomes.put(letter.id(), new Outcome.NotSent(problem(letter, failed)));
            }
        }
        markers.forEach(LetterSender::await);
        return outcomes;
    }

    /** Once Kafka takes nothing, each further record would wait in vain. */
    private List<CompletableFuture<CommandPosition>> begin(List<Letter> letters) {
        List<CompletableFuture<CommandPosition>> sent = new ArrayList<>();
        for (Letter letter : letters) {
            sent.add(!sent.isEmpty() && isRefused(sent.getLast())
                    ? sent.getLast()
                    : sender.begin(Redrive.sentBack(letter.content(), letter.topic())));
        }
        return sent;
    }

    private static boolean isRefused(CompletableFuture<CommandPosition> sent) {
        return sent.isCompletedExceptionally() && sent.exceptionNow() instanceof SendFailedException failed
                && failed.outcome() == SendFailedException.Outcome.NOT_WRITTEN;
    }

    private static void await(CompletableFuture<CommandPosition> marker) {
        try {
            var _ = AcknowledgedSender.await(marker);
        } catch (SendFailedException failed) {
            LOG.warn("Expected the marker of a dead letter that was sent back to be acknowledged, but it is {}: {};"
                    + " other instances, and this one after a start, may send it again when they are asked to",
                    failed.outcome(), failed.getMessage());
        }
    }

    private static Problem problem(Letter letter, SendFailedException failed) {
        return switch (failed.outcome()) {
            case NOT_WRITTEN -> DeadLetterProblems.brokerUnavailable();
            case UNKNOWN -> DeadLetterProblems.inDoubt(letter.id());
            case TOO_LARGE -> DeadLetterProblems.unusableOrigin(letter.id(),
                    "its topic " + letter.topic() + " takes no record of that size");
        };
    }
}
