package dev.leat.submit;

import java.time.InstantSource;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.settings.Settings;
import dev.leat.submit.batch.BatchSubmitter;
import dev.leat.submit.capacity.QueueDepths;
import dev.leat.submit.catalog.JobTypeCatalog;
import dev.leat.submit.catalog.WorkerRegister;
import dev.leat.submit.deadletter.DeadLetters;
import dev.leat.submit.health.BrokerProbe;
import dev.leat.submit.live.EventStreams;
import dev.leat.submit.plugin.LimitsReader;
import dev.leat.submit.plugin.PluginControl;
import dev.leat.submit.schedule.ScheduleBodyReader;
import dev.leat.submit.schedule.ScheduleChanges;
import dev.leat.submit.schedule.ScheduleReads;
import dev.leat.submit.status.BatchReads;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.JobStats;
import dev.leat.submit.status.ProjectorClient;
import dev.leat.submit.status.ProjectorJson;
import dev.leat.submit.status.RunningJobs;
import dev.leat.submit.submission.JobCancellation;
import dev.leat.submit.submission.JobCanceller;
import dev.leat.submit.submission.JobClearer;
import dev.leat.submit.submission.JobRetrier;
import dev.leat.submit.submission.JobSubmitter;
import dev.leat.submit.submission.SubmitJobReader;
import dev.leat.submit.template.BatchTemplates;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** Starts the service with the application context, before its HTTP server, and hands its parts to the routes. */
@Factory
final class ApiBeans {

    @Context
    @Bean(preDestroy = "stop")
    SubmitApi api(Settings settings, ObjectMapper json) {
        SubmitApi api = new SubmitApi(settings, json, InstantSource.system());
        api.start();
        return api;
    }

    @Singleton
    SubmitJobReader reader(ObjectMapper json) {
        return new SubmitJobReader(json);
    }

    @Singleton
    ScheduleBodyReader scheduleBodyReader(ObjectMapper json) {
        return new ScheduleBodyReader(json);
    }

    @Singleton
    ScheduleReads scheduleReads(SubmitApi api) {
        return api.scheduleReads();
    }

    @Singleton
    ScheduleChanges scheduleChanges(SubmitApi api) {
        return api.scheduleChanges();
    }

    @Singleton
    JobTypeCatalog catalog(SubmitApi api) {
        return api.catalog();
    }

    @Singleton
    QueueDepths queues(SubmitApi api) {
        return api.queues();
    }

    @Singleton
    WorkerRegister workers(SubmitApi api) {
        return api.workers();
    }

    @Singleton
    LimitsReader limitsReader(ObjectMapper json) {
        return new LimitsReader(json);
    }

    @Singleton
    PluginControl pluginControl(SubmitApi api) {
        return api.pluginControl();
    }

    @Singleton
    JobSubmitter submitter(SubmitApi api) {
        return api.submitter();
    }

    @Singleton
    JobRetrier retrier(SubmitApi api) {
        return api.retrier();
    }

    @Singleton
    BatchSubmitter batches(SubmitApi api) {
        return api.batches();
    }

    @Singleton
    JobCanceller canceller(SubmitApi api) {
        return api.canceller();
    }

    @Singleton
    ProjectorJson projectorJson(ObjectMapper json) {
        return new ProjectorJson(json);
    }

    @Singleton
    JobCancellation cancellation(JobReads jobs, JobCanceller canceller, ProjectorJson answers, ObjectMapper json) {
        return new JobCancellation(jobs, canceller, answers, json);
    }

    @Singleton
    JobStats stats(ProjectorClient projectors, ProjectorJson answers, WorkerRegister workers) {
        return new JobStats(projectors, answers,
                () -> workers.live().stream().map(WorkerRegister.KnownWorker::beat).toList());
    }

    @Singleton
    JobClearer clearer(SubmitApi api) {
        return api.clearer();
    }

    @Singleton
    ProjectorClient projectors(SubmitApi api) {
        return api.projectors();
    }

    @Singleton
    JobReads jobReads(SubmitApi api) {
        return api.jobReads();
    }

    @Singleton
    BatchTemplates templates(SubmitApi api) {
        return api.templates();
    }

    @Singleton
    BatchReads batchReads(ProjectorClient projectors) {
        return new BatchReads(projectors);
    }

    @Singleton
    RunningJobs runningJobs(ProjectorClient projectors, ObjectMapper json) {
        return new RunningJobs(projectors, json);
    }

    @Singleton
    EventStreams eventStreams(SubmitApi api) {
        return api.live().streams();
    }

    @Singleton
    DeadLetters deadLetters(SubmitApi api) {
        return api.deadLetters();
    }

    @Singleton
    BrokerProbe broker(SubmitApi api) {
        return api.broker();
    }
}
