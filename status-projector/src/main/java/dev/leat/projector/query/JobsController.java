package dev.leat.projector.query;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestBean;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

import dev.leat.domain.Job;
import dev.leat.domain.JobId;
import dev.leat.domain.JobLog;
import dev.leat.domain.JobState;
import dev.leat.domain.Json;

/** What the API asks projectors, and projectors each other. Not for the outside: there is no access control. */
@Controller("/internal/v1")
@ExecuteOn(TaskExecutors.BLOCKING)
final class JobsController {

    private static final String MEMBER = "jobs";

    private final ServingSource source;
    private final JobQuery query;
    private final FanOut fanOut;
    private final InstantSource clock = InstantSource.system();

    JobsController(ServingSource source, JobQuery query, FanOut fanOut) {
        this.source = source;
        this.query = query;
        this.fanOut = fanOut;
    }

    @Get("/jobs/{id}")
    MutableHttpResponse<?> job(HttpRequest<?> request, @PathVariable String id, @RequestBean JobParameters parameters)
            throws InterruptedException {
        return switch (query.ask(Requests.serving(source), question(request, id, parameters))) {
            case JobQuery.Answer.Found(Job job) -> Requests
                    .ok(Requests.serving(source).jobs().show(job, clock.instant()));
            case JobQuery.Answer.OfPeer(HttpResponse<byte[]> answer) -> Requests.handOn(answer);
        };
    }

    @Get("/jobs/{id}/result")
    MutableHttpResponse<?> result(HttpRequest<?> request, @PathVariable String id,
            @RequestBean JobParameters parameters) throws InterruptedException {
        return switch (query.ask(Requests.serving(source), question(request, id, parameters))) {
            case JobQuery.Answer.Found(Job job) -> Requests.ok(resultOf(job));
            case JobQuery.Answer.OfPeer(HttpResponse<byte[]> answer) -> Requests.handOn(answer);
        };
    }

    /** For who wants to submit it again: what was submitted, as a record of the pending topic would say it. */
    @Get("/jobs/{id}/submission")
    MutableHttpResponse<?> submission(HttpRequest<?> request, @PathVariable String id,
            @RequestBean JobParameters parameters) throws InterruptedException {
        Serving serving = Requests.serving(source);
        return switch (query.ask(serving, question(request, id, parameters))) {
            case JobQuery.Answer.Found(Job job) -> Requests.ok(Map.of("record",
                    Base64.getEncoder().encodeToString(serving.jobs().recordOf(ended(job)))));
            case JobQuery.Answer.OfPeer(HttpResponse<byte[]> answer) -> Requests.handOn(answer);
        };
    }

    @Get("/jobs/{id}/log")
    MutableHttpResponse<?> log(HttpRequest<?> request, @PathVariable String id, @QueryValue Optional<Integer> attempt,
            @RequestBean JobParameters parameters) throws InterruptedException {
        Serving serving = Requests.serving(source);
        return switch (query.ask(serving, question(request, id, parameters))) {
            case JobQuery.Answer.Found(Job job) -> Requests.ok(
                    JobLogView.of(job.id(), serving.jobs().findLog(job.id()).orElse(JobLog.EMPTY), attempt));
            case JobQuery.Answer.OfPeer(HttpResponse<byte[]> answer) -> Requests.handOn(answer);
        };
    }

    @Get("/jobs")
    Map<String, Object> list(HttpRequest<?> request, @RequestBean ListParameters parameters)
            throws InterruptedException {
        Serving serving = Requests.serving(source);
        ListQuestion question = ListQuestion.of(parameters);
        List<Integer> own = FanOut.numbers(serving);
        ListPart here = new ListPart(own, serving.jobs().list(question, question.limit() + 1));
        if (Requests.isForwarded(request)) {
            return JobList.part(here, MEMBER);
        }
        List<ListPart> parts = new ArrayList<>(List.of(here));
        fanOut.collect(serving, own, Requests.pathAndQuery(request))
                .forEach(part -> parts.add(JobList.read(part, MEMBER)));
        return JobList.page(parts, question.limit(), MEMBER);
    }

    @Get("/stats")
    Map<String, Object> stats(HttpRequest<?> request) throws InterruptedException {
        Serving serving = Requests.serving(source);
        List<Integer> own = FanOut.numbers(serving);
        JobCounts counts = new JobCounts();
        counts.addAll(serving.jobs().views());
        if (Requests.isForwarded(request)) {
            return counts.part(own);
        }
        for (JsonNode part : fanOut.collect(serving, own, Requests.pathAndQuery(request))) {
            counts.addPart(part);
        }
        return counts.total();
    }

    @Get("/stats/history")
    Map<String, Object> history(HttpRequest<?> request, @RequestBean HistoryParameters parameters)
            throws InterruptedException {
        Instant now = clock.instant();
        Serving serving = Requests.serving(source);
        List<Integer> own = FanOut.numbers(serving);
        HourCounts counts = new HourCounts(parameters.width(), now);
        counts.addAll(List.copyOf(serving.jobs().views()), parameters.plugin(), now);
        if (Requests.isForwarded(request)) {
            return counts.part(own);
        }
        for (JsonNode part : fanOut.collect(serving, own, Requests.pathAndQuery(request))) {
            counts.addPart(part);
        }
        return counts.total();
    }

    private static JobQuery.Question question(HttpRequest<?> request, String id, JobParameters parameters) {
        return new JobQuery.Question(jobId(id), parameters.position().map(Requests::position),
                parameters.until().map(Until::of), parameters.patience().map(JobsController::patience),
                Requests.isForwarded(request), Requests.pathAndQuery(request));
    }

    private static Duration patience(long millis) {
        if (millis < 0 || millis > JobQuery.LONGEST_WAIT.toMillis()) {
            throw QueryProblems.badParameter("wait", "Expected 0 to " + JobQuery.LONGEST_WAIT.toMillis()
                    + " milliseconds, but got " + millis + ".");
        }
        return Duration.ofMillis(millis);
    }

    private static JobId jobId(String id) {
        try {
            return JobId.parse(id);
        } catch (IllegalArgumentException e) {
            throw QueryProblems.badParameter("id", e.getMessage() + ".");
        }
    }

    private static Job ended(Job job) {
        if (!job.state().isTerminal()) {
            throw QueryProblems.notFinished(job);
        }
        return job;
    }

    private static Json resultOf(Job job) {
        return ended(job).outcome()
                .filter(_ -> job.state() == JobState.COMPLETED)
                .flatMap(Job.Outcome::result)
                .orElseThrow(() -> QueryProblems.noResult(job));
    }
}
