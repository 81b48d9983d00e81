package dev.leat.submit.batch;

import java.util.List;
import java.util.Optional;

import dev.leat.runtime.json.FieldError;
import dev.leat.submit.submission.SubmitJob;

/** Takes what is read of the body of a batch, in the order in which it stands there. */
interface OperationSink {

    /** One operation, well-formed. */
    void operation(SubmitJob job, Optional<Integer> line);

    /** One operation that is not. */
    void malformed(Optional<Integer> line, List<FieldError> errors);

    /** What holds for the whole batch; without it, the defaults do. */
    void header(BatchHeader header);

    /** Something else is wrong. */
    void wrong(String pointer, List<FieldError> errors);
}
