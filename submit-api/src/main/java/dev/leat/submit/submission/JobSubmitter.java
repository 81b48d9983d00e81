package dev.leat.submit.submission;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.random.RandomGenerator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.CommandPosition;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobFold;
import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.domain.Lane;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.domain.Submission;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.json.UnusableSchemaException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.catalog.JobTypeCatalog;

/**
 * Turns submissions into commands on the lanes of their plugins. Thread-safe; callers block.
 *
 * <p>Invariant: who gets an answer has a job that is in the log on all in-sync replicas. Who gets a problem has no job,
 * unless the problem says that nobody knows, and names it.
 */
public final class JobSubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(JobSubmitter.class);

    private final JobTypeCatalog catalog;
    private final ParamsValidator validator = new ParamsValidator();
    private final JobLog log;
    private final InstantSource clock;
    private final RandomGenerator random;

    /** A job that has been accepted, and where its command stands. */
    public record Submitted(JobView job, CommandPosition position) {}

    /** @param random for job ids; thread-safe */
    public JobSubmitter(JobTypeCatalog catalog, JobLog log, InstantSource clock, RandomGenerator random) {
        this.catalog = catalog;
        this.log = log;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Submits a job.
     *
     * @throws ProblemException where its type is unknown, its params are wrong, or Kafka or the registry is away
     */
    public Submitted submit(SubmitJob wanted) {
        JobTypeDescriptor jobType = jobType(wanted.type());
        check(jobType, wanted);
        // Avro keeps milliseconds; what is answered now must be what is read later.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        JobId id = JobId.draw(now, random);
        Lane lane = wanted.priority().orElse(jobType.defaultLane());
        Fact.JobQueued command = new Fact.JobQueued(1,
                new Submission(jobType.type(), lane, wanted.params(), wanted.tags(), now));
        CommandPosition position = log.command(id, command);
        return new Submitted(JobView.of(JobFold.apply(Job.unknown(id), command)).orElseThrow(), position);
    }

    private JobTypeDescriptor jobType(String name) {
        return catalog.find(name).orElseThrow(() -> catalog.isLoaded()
                ? ApiProblems.unknownJobType(name, catalog.nearest(name))
                : ApiProblems.jobTypesNotLoaded());
    }

    private void check(JobTypeDescriptor jobType, SubmitJob wanted) {
        List<FieldError> errors;
        try {
            errors = validator.validate(jobType.inputSchema().value(), wanted.params().value());
        } catch (UnusableSchemaException unusable) {
            LOG.error("Expected a usable schema of the params of {}, but: {}", jobType.type(), unusable.getMessage());
            throw ApiProblems.unusableJobType(jobType.type());
        }
        if (!errors.isEmpty()) {
            throw ApiProblems.invalidParams(jobType.type(), errors);
        }
    }
}
