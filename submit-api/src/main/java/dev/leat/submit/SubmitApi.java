package dev.leat.submit;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.leat.runtime.kafka.ConfiguredCodecs;
import dev.leat.runtime.kafka.EndOffsets;
import dev.leat.runtime.kafka.KafkaClients;
import dev.leat.runtime.kafka.ProducerProfile;
import dev.leat.runtime.kafka.TopicProvisioner;
import dev.leat.runtime.kafka.TopicTail;
import dev.leat.runtime.plugin.SettingsBoard;
import dev.leat.runtime.settings.ServiceOptions;
import dev.leat.runtime.settings.Settings;
import dev.leat.schemas.Codecs;
import dev.leat.schemas.Topics;
import dev.leat.submit.batch.BatchDraft;
import dev.leat.submit.batch.BatchLog;
import dev.leat.submit.batch.BatchSubmitter;
import dev.leat.submit.batch.TransactionalSender;
import dev.leat.submit.capacity.QueueDepths;
import dev.leat.submit.capacity.QueueLimits;
import dev.leat.submit.catalog.JobTypeCatalog;
import dev.leat.submit.catalog.WorkerRegister;
import dev.leat.submit.deadletter.DeadLetters;
import dev.leat.submit.health.BrokerProbe;
import dev.leat.submit.live.Live;
import dev.leat.submit.order.BatchOrders;
import dev.leat.submit.order.FreshTails;
import dev.leat.submit.order.OrderClients;
import dev.leat.submit.order.OrderDesk;
import dev.leat.submit.plugin.PluginControl;
import dev.leat.submit.schedule.ScheduleChanges;
import dev.leat.submit.schedule.ScheduleLog;
import dev.leat.submit.schedule.ScheduleReads;
import dev.leat.submit.schedule.ScheduleTargets;
import dev.leat.submit.status.JobReads;
import dev.leat.submit.status.ProjectorClient;
import dev.leat.submit.submission.AcknowledgedSender;
import dev.leat.submit.submission.Admission;
import dev.leat.submit.submission.JobCanceller;
import dev.leat.submit.submission.KeyDecisions;
import dev.leat.submit.submission.JobIds;
import dev.leat.submit.submission.JobClearer;
import dev.leat.submit.submission.JobLog;
import dev.leat.submit.submission.JobRetrier;
import dev.leat.submit.submission.JobSubmitter;
import dev.leat.submit.template.BatchTemplates;
import dev.leat.submit.template.TemplateCatalog;

/**
 * The service behind the routes: what it reads from Kafka, what it writes there, and whom it asks. It has one life,
 * {@link #start} and then {@link #stop}; both may be called again, and from any thread.
 */
public final class SubmitApi {

    /** Somebody waits for each acknowledgement; what comes within a millisecond travels together. */
    private static final Duration LINGER = Duration.ofMillis(1);

    private static final Duration BATCH_LINGER = Duration.ofMillis(5);
    private static final Duration BATCH_PATIENCE = Duration.ofSeconds(20);

    private final TopicProvisioner provisioner;
    private final JobTypeCatalog catalog;
    private final WorkerRegister workers;
    private final TopicTail plugins;
    private final TopicTail heartbeats;
    private final TopicTail settingsTail;
    private final PluginControl pluginControl;
    private final AcknowledgedSender sender;
    private final JobSubmitter submitter;
    private final JobRetrier retrier;
    private final TransactionalSender batchSender;
    private final BatchSubmitter batches;
    private final BatchTemplates templates;
    private final TopicTail templateTail;
    private final FreshTails known;
    private final BatchOrders orders;
    private final JobCanceller canceller;
    private final ProjectorClient projectors;
    private final QueueDepths queues;
    private final JobClearer clearer;
    private final JobReads jobReads;
    private final DeadLetters deadLetters;
    private final BrokerProbe broker;
    private final ScheduleReads scheduleReads;
    private final ScheduleChanges scheduleChanges;
    private final Live live;
    /** How many each topic has; known once Kafka has answered. */
    private volatile int partitions;
    /** Guarded by this. */
    private State state = State.NEW;

    private enum State {
        NEW, STARTED, STOPPED
    }

    /** @param json the JSON of Leat */
    public SubmitApi(Settings settings, ObjectMapper json, InstantSource clock) {
        KafkaClients clients = new KafkaClients(settings);
        Topics topics = new Topics(settings.get(ServiceOptions.TOPIC_PREFIX));
        Codecs codecs = ConfiguredCodecs.of(settings, topics, settings.get(ApiOptions.SUBMIT_TIMEOUT));
        provisioner = new TopicProvisioner(clients, settings);
        catalog = new JobTypeCatalog(codecs.plugins());
        plugins = new TopicTail(clients, topics.plugins(), catalog::apply);
        workers = new WorkerRegister(codecs.heartbeats(), clock);
        heartbeats = new TopicTail(clients, topics.workers(), workers::apply);
        sender = new AcknowledgedSender(clients.producer(
                new ProducerProfile("api-submissions", LINGER, settings.get(ApiOptions.SUBMIT_TIMEOUT))));
        SettingsBoard board = new SettingsBoard(codecs.settings(), () -> {});
        settingsTail = new TopicTail(clients, topics.pluginSettings(), board);
        pluginControl = new PluginControl(topics, codecs.settings(), sender, board, clock);
        JobLog log = new JobLog(topics, codecs, sender);
        projectors = new ProjectorClient(settings.get(ApiOptions.PROJECTORS),
                settings.get(ApiOptions.PROJECTOR_TIMEOUT), json, clock);
        queues = new QueueDepths(new ProjectorClient(settings.get(ApiOptions.PROJECTORS),
                settings.get(ApiOptions.PROJECTOR_TIMEOUT), json, clock), json,
                new QueueLimits(settings.get(ApiOptions.MAX_QUEUED_PER_PLUGIN),
                        settings.get(ApiOptions.MAX_QUEUED)),
                clock);
        SecureRandom random = new SecureRandom();
        Admission admission = new Admission(catalog, queues);
        JobIds ids = new JobIds(random, () -> partitions);
        batchSender = new TransactionalSender(() -> clients
                .transactionalProducer(new ProducerProfile("api-batches", BATCH_LINGER, BATCH_PATIENCE)));
        BatchLog batchLog = new BatchLog(topics.batches(), codecs.batches(), batchSender, sender);
        batches = new BatchSubmitter(json,
                new BatchDraft.Parts(admission, ids, batchLog, settings.get(ApiOptions.MAX_BATCH_BYTES)),
                queues, random, clock);
        TemplateCatalog templateCatalog = new TemplateCatalog(codecs.batchTemplates());
        templateTail = new TopicTail(clients, topics.batchTemplates(), templateCatalog::apply);
        templates = new BatchTemplates(json, templateCatalog, batches,
                new BatchTemplates.Log(topics.batchTemplates(), codecs.batchTemplates(), sender), clock);
        known = new FreshTails(new EndOffsets(clients, "api-orders"),
                Map.of(topics.plugins(), plugins, topics.batchTemplates(), templateTail));
        orders = new BatchOrders(
                new BatchOrders.Parts(topics, codecs.batchOrders(), new OrderDesk(templates, batches, batchLog, known)),
                new OrderClients(clients, topics.batchOrders()));
        submitter = new JobSubmitter(admission, ids, log,
                new KeyDecisions(projectors, json, settings.get(ApiOptions.DECISION_TIMEOUT)), clock);
        retrier = new JobRetrier(json, topics.pending(), codecs.pending(), submitter);
        canceller = new JobCanceller(log, clock);
        clearer = new JobClearer(projectors, log, json, clock, JobClearer.Limits.DEFAULT);
        jobReads = new JobReads(projectors);
        deadLetters = new DeadLetters(clients, topics, sender, settings.get(ApiOptions.MAX_DEAD_LETTERS), clock);
        broker = new BrokerProbe(clients.admin("api-probe"));
        ScheduleLog schedules = new ScheduleLog(topics, codecs.schedules(), sender);
        scheduleReads = new ScheduleReads(projectors, schedules, json);
        live = Live.of(clients, topics, codecs, () -> partitions, projectors, settings, json);
        scheduleChanges = new ScheduleChanges(new ScheduleTargets(admission, templates), schedules, scheduleReads,
                random, clock);
    }

    /**
     * Sees to the topics and begins to read. Returns when Kafka has answered; what has been announced there is read
     * meanwhile, see {@link JobTypeCatalog#isLoaded}.
     *
     * @throws RuntimeException where Kafka does not answer within {@code leat.startup.timeout}, or its topics cannot be
     *         used; the service is stopped then
     */
    public synchronized void start() {
        if (state != State.NEW) {
            return;
        }
        state = State.STARTED;
        try {
            partitions = provisioner.provision(List.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            throw new IllegalStateException("Expected to wait for Kafka, but was interrupted", e);
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        var _ = CompletableFuture.allOf(plugins.caughtUp(), templateTail.caughtUp()).thenRun(orders::start);
        begin(plugins, catalog::loaded);
        begin(heartbeats, workers::loaded);
        settingsTail.start();
        templateTail.start();
        deadLetters.start();
        queues.start();
        broker.start();
    }

    private static void begin(TopicTail tail, Runnable onceCaughtUp) {
        var _ = tail.caughtUp().thenRun(onceCaughtUp);
        tail.start();
    }

    /** Ends all reading and asking, and gives submissions that are under way a few seconds. */
    public synchronized void stop() {
        if (state == State.STOPPED) {
            return;
        }
        state = State.STOPPED;
        live.close();
        orders.close();
        known.close();
        TopicTail.closeAll(List.of(plugins, heartbeats, settingsTail, templateTail));
        deadLetters.close();
        broker.close();
        sender.close();
        batchSender.close();
        jobReads.close();
        queues.close();
        projectors.close();
    }

    public JobTypeCatalog catalog() {
        return catalog;
    }

    public QueueDepths queues() {
        return queues;
    }

    public WorkerRegister workers() {
        return workers;
    }

    public PluginControl pluginControl() {
        return pluginControl;
    }

    public JobSubmitter submitter() {
        return submitter;
    }

    public JobRetrier retrier() {
        return retrier;
    }

    public BatchSubmitter batches() {
        return batches;
    }

    public BatchTemplates templates() {
        return templates;
    }

    public JobCanceller canceller() {
        return canceller;
    }

    public JobClearer clearer() {
        return clearer;
    }

    public ProjectorClient projectors() {
        return projectors;
    }

    public JobReads jobReads() {
        return jobReads;
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public BrokerProbe broker() {
        return broker;
    }

    public ScheduleReads scheduleReads() {
        return scheduleReads;
    }

    public ScheduleChanges scheduleChanges() {
        return scheduleChanges;
    }

    public Live live() {
        return live;
    }
}
