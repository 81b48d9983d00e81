package dev.leat.worker.plugin;

import dev.leat.domain.JobTypeName;
import dev.leat.runtime.json.FieldError;
import java.util.List;
import java.util.stream.Collectors;

/** The params of a job are not what its job type takes; the job cannot run, now or later. */
public final class InvalidParamsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<FieldError> errors;
    private final String reason;

    InvalidParamsException(JobTypeName type, List<FieldError> errors) {
        this(errors, "Expected params that fit %s, but: %s".formatted(type, errors.stream()
                .map(error -> (error.pointer() + " " + error.message()).strip()).collect(Collectors.joining("; "))));
    }

    private InvalidParamsException(List<FieldError> errors, String reason) {
        super(reason);
        this.errors = List.copyOf(errors);
        this.reason = reason;
    }

    /** What is wrong, field by field; at least one. */
    public List<FieldError> errors() {
        return errors;
    }

    /** All of it in one text, for people. */
    public String reason() {
        return reason;
    }
}
