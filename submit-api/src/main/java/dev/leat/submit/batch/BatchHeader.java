package dev.leat.submit.batch;

import java.util.Optional;

import dev.leat.domain.batch.BatchOptions;
import dev.leat.submit.submission.SubmitJob;

/**
 * What holds for a whole batch.
 *
 * @param onCompletion the job that is to get the summary
 */
record BatchHeader(Optional<String> name, BatchOptions options, Optional<SubmitJob> onCompletion) {

    static final BatchHeader NONE = new BatchHeader(Optional.empty(), BatchOptions.DEFAULT, Optional.empty());
}
