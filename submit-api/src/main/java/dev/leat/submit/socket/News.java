package dev.leat.submit.socket;

import dev.leat.domain.JobId;
import dev.leat.domain.JobView;
import dev.leat.submit.live.JobHappening;

/**
 * One happening on its way to one client.
 *
 * @param sequence its place among all that came to this client
 */
record News(long sequence, JobNewsType type, JobHappening happening) {

    JobId job() {
        return happening.id();
    }

    /** As it is sent, with a place in the log from which nothing is missed. */
    ServerMessage message(String position) {
        return new ServerMessage.JobNews(type, position,
                new ServerMessage.JobAt(JobView.of(happening.happening().job()).orElseThrow().withoutDetails(),
                        happening.happening().fact().at()));
    }
}
