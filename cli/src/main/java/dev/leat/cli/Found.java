package dev.leat.cli;

import com.fasterxml.jackson.databind.JsonNode;

import dev.leat.cli.http.ApiClient;
import dev.leat.cli.http.ApiProblemException;
import dev.leat.cli.http.Query;

/** What an id names. Jobs and batches share one form of id, so the server is asked for either. */
sealed interface Found {

    /** A job, as the API shows it. */
    record OneJob(JsonNode job) implements Found {}

    /** A batch, as the API shows it. */
    record OneBatch(JsonNode batch) implements Found {}

    /**
     * Asks for it.
     *
     * @throws CommandFailedException if there is neither a job nor a batch of this id
     */
    static Found of(ApiClient api, String id) throws InterruptedException {
        try {
            return new OneJob(api.get(Query.of("jobs", id)));
        } catch (ApiProblemException noJob) {
            if (!noJob.problem().name().equals("job-not-found")) {
                throw noJob;
            }
        }
        try {
            return new OneBatch(api.get(Query.of("batches", id)));
        } catch (ApiProblemException noBatch) {
            if (noBatch.problem().status() != 404) {
                throw noBatch;
            }
            throw new CommandFailedException(Exit.NOT_FOUND,
                    "Expected the id of a job or batch, but there is none of " + id);
        }
    }
}
