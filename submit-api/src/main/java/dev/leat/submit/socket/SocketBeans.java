package dev.leat.submit.socket;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.ApiOptions;
import dev.leat.submit.SubmitApi;
import dev.leat.submit.live.Feed;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobStats;
import dev.leat.submit.status.ProjectorJson;
import dev.leat.submit.submission.JobCancellation;
import dev.leat.submit.submission.JobClearer;
import dev.leat.submit.submission.JobSubmitter;
import dev.leat.submit.submission.SubmitJobReader;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.runtime.event.annotation.EventListener;
import jakarta.inject.Singleton;

/** Puts the parts of the WebSocket together, and ends its conversations before the server ends. */
@Factory
final class SocketBeans {

    @Singleton
    Feed feed(SubmitApi api) {
        return api.live().feed();
    }

    @Singleton
    Commands commands(JobSubmitter submitter, JobCancellation cancellation, JobClearer clearer, JobReads jobs,
            ProjectorJson answers) {
        return new Commands(new Commands.Parts(submitter, cancellation, clearer, jobs, answers));
    }

    @Singleton
    Snapshots snapshots(JobReads jobs, JobStats stats, ProjectorJson answers) {
        return new Snapshots(jobs, stats, answers);
    }

    @Singleton
    ClientMessageReader reader(ObjectMapper json, SubmitJobReader jobs, Settings settings) {
        return new ClientMessageReader(json, jobs, settings.get(ApiOptions.MAX_BODY));
    }

    @Singleton
    @Bean(preDestroy = "close")
    QueueSessions sessions(Feed feed, Snapshots snapshots, Commands commands, ClientMessageReader reader,
            ObjectMapper json, Settings settings) {
        return new QueueSessions(new QueueSession.Parts(feed, snapshots, commands, reader, json,
                settings.get(ApiOptions.SOCKET_BACKLOG)));
    }

    /** Comes before the server and its connections end. */
    @Singleton
    static final class Farewell {

        private final QueueSessions sessions;

        Farewell(QueueSessions sessions) {
            this.sessions = sessions;
        }

        @EventListener
        void on(ShutdownEvent event) {
            sessions.close();
        }
    }
}
