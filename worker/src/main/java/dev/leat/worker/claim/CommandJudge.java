package dev.leat.worker.claim;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.Fact;
import dev.leat.domain.JobError;
import dev.leat.domain.JobId;
import dev.leat.domain.JobPolicy;
import dev.leat.domain.JobTypeName;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.plugin.JobOutcome;
import dev.leat.runtime.text.NearestNames;
import dev.leat.schemas.Codec;
import dev.leat.schemas.UndecodableRecordException;
import dev.leat.worker.plugin.BoundJob;
import dev.leat.worker.plugin.HostedJobType;
import dev.leat.worker.plugin.InvalidParamsException;
import dev.leat.worker.plugin.PluginCatalog;

/**
 * Says what is to be done with a record of a lane, without doing it.
 *
 * <p>A record that no worker can use must not stop its partition: it is stepped over once the reason is in the log. Only
 * what says nothing about the record makes it wait: a schema registry that is away, and an announcement of its job type
 * that may not have arrived here yet.
 *
 * <p>For the consumer's thread.
 */
final class CommandJudge {

    private static final Logger LOG = LoggerFactory.getLogger(CommandJudge.class);
    private static final String UNKNOWN_TYPE = "unknown-type";
    private static final String INVALID_PARAMS = "invalid-params";
    /** More than an announcement takes from one worker to the next. */
    private static final Duration ANNOUNCEMENT = Duration.ofSeconds(1);
    private static final Duration UNTIL_UPGRADE = Duration.ofSeconds(5);
    private static final int MAX_MESSAGE = 8_000;

    /** What is to be done. */
    sealed interface Verdict {}

    /** Claim it and run it by this policy, which is the job type's with what the submission says in its place. */
    record Run(JobId job, Fact.JobQueued command, JobPolicy policy, BoundJob work) implements Verdict {}

    /** Commit past it; nothing is due. */
    record StepOver() implements Verdict {}

    /** Say that the job can never run, then commit past it. */
    record Reject(JobId job, Fact.JobRejected fact) implements Verdict {}

    /** Put it where unusable records go, then commit past it. */
    record Bury(String reason, String detail) implements Verdict {}

    /** Come back later; until then the partition stands still. */
    record Wait(String reason) implements Verdict {}

    private final Codec<Fact.JobQueued> codec;
    private final Supplier<PluginCatalog> plugins;
    private final KnownJobs jobs;
    private final ClaimedHere claimedHere;
    private final InstantSource clock;

    /** @param plugins those that are hosted and held; asked for each record */
    CommandJudge(Codec<Fact.JobQueued> codec, Supplier<PluginCatalog> plugins, KnownJobs jobs,
            ClaimedHere claimedHere, InstantSource clock) {
        this.codec = codec;
        this.plugins = plugins;
        this.jobs = jobs;
        this.claimedHere = claimedHere;
        this.clock = clock;
    }

    /** Judges a record; only {@link Wait} is not final. */
    Verdict judge(ConsumerRecord<byte[], byte[]> source) {
        try {
            return judgeKey(source);
        } catch (UndecodableRecordException e) {
            return new Bury("undecodable-value", String.valueOf(e.getMessage()));
        } catch (RetriableException e) {
            return new Wait(String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) { // Whatever it is: one record must not stop its partition.
            LOG.error("Expected to judge {}-{}@{}, but that failed", source.topic(), source.partition(),
                    source.offset(), e);
            return new Bury("unusable", "Expected to read the record, but: " + e);
        }
    }

    private Verdict judgeKey(ConsumerRecord<byte[], byte[]> source) {
        Optional<String> key = text(source.key());
        if (key.isEmpty()) {
            return new Bury("undecodable-key", "Expected a job id as key, but got "
                    + (source.key() == null ? "no key" : source.key().length + " bytes that are not UTF-8"));
        }
        JobId job;
        try {
            job = JobId.parse(key.get());
        } catch (IllegalArgumentException e) {
            return new Bury("undecodable-key", String.valueOf(e.getMessage()));
        }
        if (!jobs.livesOn().test(job, source.partition())) {
            return new Bury("wrong-partition",
                    "Expected job " + job + " on the partition that murmur2 of its key gives,"
                            + " as Kafka's default partitioner does, but it is on partition " + source.partition());
        }
        if (source.value() == null) {
            return new Bury("undecodable-value", "Expected a command for job " + job + ", but got a tombstone");
        }
        return codec.decode(source.topic(), source.value())
                .map(command -> judgeCommand(source, job, command))
                .orElseGet(StepOver::new);
    }

    private Verdict judgeCommand(ConsumerRecord<byte[], byte[]> source, JobId job, Fact.JobQueued command) {
        TopicPartition partition = new TopicPartition(source.topic(), source.partition());
        if (jobs.unwanted().test(job, command.attempt())
                || claimedHere.contains(partition, new ClaimedHere.Attempt(job, command.attempt()))) {
            return new StepOver();
        }
        JobTypeName type = command.submission().type();
        Optional<HostedJobType> hosted = plugins.get().find(type);
        if (hosted.isEmpty()) {
            return judgeUnknown(source, job, command);
        }
        try {
            return new Run(job, command, hosted.get().policy().with(command.submission().policy()),
                    hosted.get().bind(command.submission().params()));
        } catch (InvalidParamsException e) {
            return reject(job, INVALID_PARAMS, e.reason());
        }
    }

    /**
     * Of a plugin that runs here, in a version that has not this type. Where another worker has announced the type, the
     * versions are being exchanged one worker after the other: the job waits, without spending a try or standing in the
     * way of others, until the worker that gets it has the type. What has just been written may be of a type whose
     * announcement is still on its way to here.
     */
    private Verdict judgeUnknown(ConsumerRecord<byte[], byte[]> source, JobId job, Fact.JobQueued command) {
        JobTypeName type = command.submission().type();
        List<String> names = namesOf(type.plugin());
        if (!names.isEmpty()) {
            Optional<JobTypeDescriptor> elsewhere = jobs.announced().apply(type);
            if (elsewhere.isPresent()) {
                LOG.info("Job {} waits for a worker that has {}; this one has another version of its plugin", job,
                        type);
                return new Run(job, command, elsewhere.get().policy().with(command.submission().policy()),
                        _ -> JobOutcome.snooze(UNTIL_UPGRADE));
            }
            if (isFresh(source)) {
                return new Wait("no worker has announced " + type + " so far");
            }
        }
        return reject(job, UNKNOWN_TYPE, "Expected a job type of plugin '" + type.plugin() + "', but got '" + type
                + "'" + NearestNames.suggestion(type.toString(), names));
    }

    private boolean isFresh(ConsumerRecord<byte[], byte[]> source) {
        long age = clock.millis() - source.timestamp();
        // Whose clock is ahead of this one is not waited for.
        return age >= 0 && age < ANNOUNCEMENT.toMillis();
    }

    private List<String> namesOf(String plugin) {
        return plugins.get()
                .plugins()
                .stream()
                .filter(hosted -> hosted.id().equals(plugin))
                .flatMap(hosted -> hosted.jobTypes().stream())
                .map(hosted -> hosted.name().toString())
                .toList();
    }

    private Reject reject(JobId job, String code, String message) {
        JobError error = JobError.of(code, message).cut(MAX_MESSAGE, MAX_MESSAGE);
        return new Reject(job, new Fact.JobRejected(error, Optional.empty(), clock.instant()));
    }

    private static Optional<String> text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
