package dev.leat.domain.projection;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobError;
import dev.leat.domain.Submission;
import dev.leat.domain.Terms;

/**
 * Decides which job a key belongs to.
 *
 * <p>Invariant: of all jobs with one unique key at most one is admitted at a time, and of all requests with one
 * idempotency key exactly the first, for as long as its job is kept. All jobs of a key are in one partition, and the
 * order of its records decides. Pure.
 */
public final class JobKeys {

    /** The code of a rejection in favour of an open job with the same unique key. */
    public static final String DUPLICATE = "duplicate";
    /** The code of a rejection in favour of the job that the same request has submitted before. */
    public static final String REPEATED = "repeated-request";
    /** The code of a rejection because another request has had the same idempotency key before. */
    public static final String KEY_REUSED = "idempotency-key-reused";
    static final String WRONG_PARTITION = "wrong-partition-for-key";

    private JobKeys() {}

    /** The name under which a unique key is held. */
    static String ofUnique(String key) {
        return "unique:" + key;
    }

    /** The name under which the key of a request is held. */
    static String ofRequest(String key) {
        return "request:" + key;
    }

    /** What a submission wants to hold. */
    static Stream<String> of(Submission submission) {
        Terms terms = submission.terms();
        return Stream.concat(terms.uniqueKey().map(JobKeys::ofUnique).stream(),
                terms.idempotency().map(own -> ofRequest(own.key())).stream());
    }

    /** Why the job is not admitted; empty where it is. */
    static Optional<Fact.JobRejected> refusal(Job job, Submission submission, KeyHolders holders,
            Instant now) {
        Optional<String> stray = rawKeys(submission).filter(key -> !holders.isHome(key)).findFirst();
        if (stray.isPresent()) {
            return Optional.of(new Fact.JobRejected(JobError.of(WRONG_PARTITION,
                    "Expected a job id that falls into the same partition as the key '" + stray.get()
                            + "', but it falls into another"),
                    Optional.empty(), now));
        }
        return repeated(job, submission, holders, now).or(() -> duplicate(job, submission, holders, now));
    }

    private static Stream<String> rawKeys(Submission submission) {
        Terms terms = submission.terms();
        return Stream.concat(terms.uniqueKey().stream(), terms.idempotency().map(Terms.Idempotency::key).stream());
    }

    private static Optional<Fact.JobRejected> repeated(Job job, Submission submission, KeyHolders holders,
            Instant now) {
        return submission.terms()
                .idempotency()
                .flatMap(own -> holder(job, ofRequest(own.key()), holders).map(first -> sameBody(first, own)
                        ? reject(REPEATED, "Expected the first request with this key, but it is that of job "
                                + first.id(), first, now)
                        : reject(KEY_REUSED,
                                "Expected the same request as the first one with this key, but that of job "
                                        + first.id() + " was another",
                                first, now)));
    }

    private static boolean sameBody(Job first, Terms.Idempotency own) {
        return first.submission()
                .flatMap(submission -> submission.terms().idempotency())
                .filter(theirs -> theirs.fingerprint().equals(own.fingerprint()))
                .isPresent();
    }

    private static Optional<Fact.JobRejected> duplicate(Job job, Submission submission, KeyHolders holders,
            Instant now) {
        return submission.terms()
                .uniqueKey()
                .flatMap(key -> holder(job, ofUnique(key), holders))
                .filter(first -> !first.state().isTerminal())
                .map(first -> reject(DUPLICATE,
                        "Expected no open job with the key of this one, but there is job " + first.id(), first, now));
    }

    private static Optional<Job> holder(Job job, String key, KeyHolders holders) {
        return holders.holderOf(key).filter(holder -> !holder.id().equals(job.id()));
    }

    private static Fact.JobRejected reject(String code, String message, Job first, Instant now) {
        return new Fact.JobRejected(JobError.of(code, message), Optional.of(first.id()), now);
    }
}
