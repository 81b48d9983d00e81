package dev.leat.submit.submission;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.runtime.json.ParamsValidator;
import dev.leat.runtime.json.UnusableSchemaException;
import dev.leat.submit.ApiProblems;
import dev.leat.submit.capacity.QueueDepths;
import dev.leat.submit.catalog.JobTypeCatalog;

/** Says which jobs may be submitted: those that can run, while there is room for them. Thread-safe. */
public final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);

    private final JobTypeCatalog catalog;
    private final ParamsValidator validator = new ParamsValidator();
    private final QueueDepths queues;

    public Admission(JobTypeCatalog catalog, QueueDepths queues) {
        this.catalog = catalog;
        this.queues = queues;
    }

    /**
     * Lets a job in.
     *
     * @return its type
     * @throws ProblemException where its type is unknown, its params are wrong, or too many jobs wait
     */
    JobTypeDescriptor admit(SubmitJob wanted) {
        JobTypeDescriptor jobType = check(wanted);
        queues.admit(jobType.type().plugin());
        return jobType;
    }

    /**
     * Whether a job can run, however many wait now.
     *
     * @return its type
     * @throws ProblemException where its type is unknown or its params are wrong
     */
    public JobTypeDescriptor check(SubmitJob wanted) {
        JobTypeDescriptor jobType = jobType(wanted.type());
        List<FieldError> errors = paramErrors(jobType, wanted);
        if (!errors.isEmpty()) {
            throw ApiProblems.invalidParams(jobType.type(), errors);
        }
        return jobType;
    }

    /**
     * Looks at a job as one of many, without regard to how many wait.
     *
     * @throws ProblemException where that cannot be said, as this instance does not know all job types yet or the type's
     *         schema is of no use
     */
    public Inspection inspect(SubmitJob wanted, Instant now) {
        Optional<JobTypeDescriptor> jobType = find(wanted.type());
        List<FieldError> errors = new ArrayList<>(wanted.timing().errors(now));
        if (jobType.isEmpty()) {
            if (!catalog.isLoaded()) {
                throw ApiProblems.jobTypesNotLoaded();
            }
            errors.add(new FieldError("/type", unknown(wanted.type())));
        }
        jobType.ifPresent(known -> paramErrors(known, wanted)
                .forEach(error -> errors.add(new FieldError("/params" + error.pointer(), error.message()))));
        return new Inspection(jobType, errors);
    }

    /**
     * What is to be said of a job.
     *
     * @param jobType empty where there is none of that name
     * @param errors with pointers into the submission
     */
    public record Inspection(Optional<JobTypeDescriptor> jobType, List<FieldError> errors) {}

    /** The job type of that name, as {@code plugin:name}. */
    public Optional<JobTypeDescriptor> find(String name) {
        return catalog.find(name);
    }

    private String unknown(String name) {
        List<String> nearest = catalog.nearest(name);
        return "Expected a job type that a plugin offers, but got '" + FieldReader.excerpt(name) + "'"
                + (nearest.isEmpty() ? "" : ". Did you mean " + String.join(" or ", nearest) + "?");
    }

    private JobTypeDescriptor jobType(String name) {
        return catalog.find(name).orElseThrow(() -> catalog.isLoaded()
                ? ApiProblems.unknownJobType(name, catalog.nearest(name))
                : ApiProblems.jobTypesNotLoaded());
    }

    private List<FieldError> paramErrors(JobTypeDescriptor jobType, SubmitJob wanted) {
        try {
            return validator.validate(jobType.inputSchema().value(), wanted.params().value());
        } catch (UnusableSchemaException unusable) {
            LOG.error("Expected a usable schema of the params of {}, but: {}", jobType.type(), unusable.getMessage());
            throw ApiProblems.unusableJobType(jobType.type());
        }
    }
}
