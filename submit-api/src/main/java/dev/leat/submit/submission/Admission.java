package dev.leat.submit.submission;

import java.util.List;

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
        checkParams(jobType, wanted);
        return jobType;
    }

    private JobTypeDescriptor jobType(String name) {
        return catalog.find(name).orElseThrow(() -> catalog.isLoaded()
                ? ApiProblems.unknownJobType(name, catalog.nearest(name))
                : ApiProblems.jobTypesNotLoaded());
    }

    private void checkParams(JobTypeDescriptor jobType, SubmitJob wanted) {
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
