package dev.leat.submit.order;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.leat.domain.JobError;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchId;
import dev.leat.domain.batch.BatchOrder;
import dev.leat.domain.batch.BatchSpec;
import dev.leat.runtime.http.Problem;
import dev.leat.runtime.http.ProblemException;
import dev.leat.runtime.json.FieldError;
import dev.leat.submit.batch.BatchLog;
import dev.leat.submit.batch.BatchSubmitter;
import dev.leat.submit.batch.OperationError;
import dev.leat.submit.template.BatchTemplates;

/** Says what is to be written for an order of a batch. Thread-safe; callers block. */
public final class OrderDesk {

    private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);
    private static final int SERVER_ERROR = 500;
    private static final int MOST_ERRORS = 3;
    private static final String TYPE_PREFIX = "urn:leat:problem:";

    private final BatchTemplates templates;
    private final BatchSubmitter submitter;
    private final BatchLog log;
    private final FreshTails known;

    /** @param known of job types and templates */
    public OrderDesk(BatchTemplates templates, BatchSubmitter submitter, BatchLog log, FreshTails known) {
        this.known = known;
        this.templates = templates;
        this.submitter = submitter;
        this.log = log;
    }

    /**
     * The records of the batches topic that carry out the order: the batch, or a word why there is none, which is final.
     *
     * @throws ProblemException where that cannot be said now, as something is away
     */
    List<byte[]> recordsOf(BatchId id, BatchOrder order) {
        return switch (order) {
            case BatchOrder.Cancel(var at) -> List.of(log.encode(new BatchEvent.CancelRequested(at)));
            case BatchOrder.Place place -> place(id, place);
        };
    }

    private List<byte[]> place(BatchId id, BatchOrder.Place order) {
        try {
            return prepare(id, order);
        } catch (ProblemException refused) {
            if (refused.problem().status() >= SERVER_ERROR) {
                throw refused;
            }
            // Another instance may have known more when it let the schedule in.
            known.await();
            return prepareOrRefuse(id, order);
        }
    }

    private List<byte[]> prepareOrRefuse(BatchId id, BatchOrder.Place order) {
        try {
            return prepare(id, order);
        } catch (ProblemException refused) {
            if (refused.problem().status() >= SERVER_ERROR) {
                throw refused;
            }
            LOG.warn("Expected an order that can be carried out, but batch {} is refused: {}", id,
                    refused.getMessage());
            return List.of(log.encode(new BatchEvent.Opened(BatchSpec.refused(order, errorOf(refused.problem())))));
        }
    }

    private List<byte[]> prepare(BatchId id, BatchOrder.Place order) {
        return submitter.prepare(id, bodyOf(order.content()), order.origin());
    }

    private byte[] bodyOf(BatchOrder.Content content) {
        return switch (content) {
            case BatchOrder.Content.OfTemplate(var run) -> templates.fill(run);
            case BatchOrder.Content.Written(var batch) -> batch.value().getBytes(StandardCharsets.UTF_8);
        };
    }

    private static JobError errorOf(Problem problem) {
        StringBuilder message = new StringBuilder(problem.detail().orElse(problem.title()));
        if (problem.extensions().get("errors") instanceof List<?> errors) {
            errors.stream().limit(MOST_ERRORS).forEach(error -> message.append(' ').append(text(error)));
        }
        return JobError.of(problem.type().toString().substring(TYPE_PREFIX.length()), message.toString());
    }

    private static String text(Object error) {
        return switch (error) {
            case FieldError field -> field.pointer() + ": " + field.message() + ".";
            case OperationError part -> part.index().map(index -> "Operation " + index).orElse("Batch") + part.pointer()
                    + ": " + part.message() + ".";
            default -> error.toString();
        };
    }
}
