package dev.leat.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import dev.leat.domain.ClaimId;
import dev.leat.domain.Fact;
import dev.leat.domain.Job;
import dev.leat.domain.JobLog;
import dev.leat.domain.JobError;
import dev.leat.domain.JobNotice;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.Request;
import dev.leat.domain.WorkerHeartbeat;
import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.schedule.Schedule;
import dev.leat.domain.schedule.ScheduleRevision;
import dev.leat.domain.batch.Batch;
import dev.leat.domain.batch.BatchEvent;
import dev.leat.domain.batch.BatchMember;
import dev.leat.domain.batch.BatchOrder;

/** What is written is read as it was. */
class CodecProperties {

    private final Topics topics = new Topics(Topics.DEFAULT_PREFIX);
    private final FramedAvro framed = new FramedAvro();
    private final Codecs codecs = Codecs.of(topics, framed, framed);

    @Property
    void anyCommand(@ForAll("commands") Fact.JobQueued command) {
        String lane = topics.jobs(command.submission().type().plugin(), command.submission().lane());
        assertRoundTrip(codecs.commands(), lane, command);
    }

    @Property
    void anyEvent(@ForAll("events") Fact event) {
        assertRoundTrip(codecs.events(), topics.events(), event);
    }

    @Property
    void anyPendingCommand(@ForAll("commands") Fact.JobQueued command) {
        assertRoundTrip(codecs.pending(), topics.pending(), new Fact.JobScheduled(command.submission()));
    }

    @Property
    void anyRequest(@ForAll("requests") Request request) {
        assertRoundTrip(codecs.control(), topics.control(), request);
    }

    @Property
    void anyHeartbeat(@ForAll("heartbeats") WorkerHeartbeat heartbeat) {
        assertRoundTrip(codecs.heartbeats(), topics.workers(), heartbeat);
    }

    @Property
    void anyNotice(@ForAll("notices") JobNotice notice) {
        assertRoundTrip(codecs.notices(), topics.notices(), notice);
    }

    @Property
    void anySetting(@ForAll("settings") PluginSetting setting) {
        assertRoundTrip(codecs.settings(), topics.pluginSettings(), setting);
    }

    @Property
    void anyDescriptor(@ForAll("descriptors") PluginDescriptor descriptor) {
        assertRoundTrip(codecs.plugins(), topics.plugins(), descriptor);
    }

    @Property
    void anyJob(@ForAll("jobs") Job job) {
        assertRoundTrip(codecs.jobs(), "leat-projector-jobs-changelog", job);
    }

    @Property
    void anyLog(@ForAll("logs") JobLog log) {
        assertRoundTrip(codecs.logs(), "leat-projector-logs-changelog", log);
    }

    @Property
    void anyScheduleRevision(@ForAll("scheduleRevisions") ScheduleRevision revision) {
        assertRoundTrip(codecs.schedules(), topics.schedules(), revision);
    }

    @Property
    void anySchedule(@ForAll("schedules") Schedule schedule) {
        assertRoundTrip(codecs.scheduleStates(), "leat-projector-schedules-changelog", schedule);
    }

    @Property
    void anyEventOfABatch(@ForAll("batchEvents") BatchEvent event) {
        assertRoundTrip(codecs.batches(), topics.batches(), event);
    }

    @Property
    void anyOrderOfABatch(@ForAll("batchOrders") BatchOrder order) {
        assertRoundTrip(codecs.batchOrders(), topics.batchOrders(), order);
    }

    @Property
    void anyBatch(@ForAll("batches") Batch batch) {
        assertRoundTrip(codecs.batchStates(), "leat-projector-batches-changelog", batch);
    }

    @Property
    void anyMemberOfABatch(@ForAll("batchMembers") BatchMember member) {
        assertRoundTrip(codecs.batchMembers(), "leat-projector-members-changelog", member);
    }

    /** UTF-8 cannot carry half a surrogate pair: each becomes a question mark, and nothing else is lost. */
    @Property
    void anyTextAtAll(@ForAll("brokenTexts") String text) {
        Fact.JobRejected written = new Fact.JobRejected(JobError.of(text, text), Optional.empty(), Instant.EPOCH);
        String expected = text.codePoints()
                .map(point -> point >= 0xD800 && point <= 0xDFFF ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();

        assertThat(codecs.events().decode(topics.events(), codecs.events().encode(topics.events(), written)))
                .contains(new Fact.JobRejected(JobError.of(expected, expected), Optional.empty(), Instant.EPOCH));
    }

    /** What is finer than a millisecond is cut off, before 1970 too. */
    @Property
    void anyTimeToTheMillisecond(@ForAll("nanos") Instant at) {
        Fact.ClaimAbandoned written = new Fact.ClaimAbandoned(1, new ClaimId("c"), at);

        assertThat(codecs.events().decode(topics.events(), codecs.events().encode(topics.events(), written)))
                .contains(new Fact.ClaimAbandoned(1, new ClaimId("c"), Instant.ofEpochMilli(at.toEpochMilli())));
    }

    private static <T> void assertRoundTrip(Codec<T> codec, String topic, T value) {
        assertThat(codec.decode(topic, codec.encode(topic, value))).contains(value);
    }

    @Provide
    Arbitrary<Fact.JobQueued> commands() {
        return DomainArbitraries.commands();
    }

    @Provide
    Arbitrary<Fact> events() {
        return DomainArbitraries.events();
    }

    @Provide
    Arbitrary<JobNotice> notices() {
        return DomainArbitraries.notices();
    }

    @Provide
    Arbitrary<PluginSetting> settings() {
        return DomainArbitraries.settings();
    }

    @Provide
    Arbitrary<Request> requests() {
        return DomainArbitraries.requests();
    }

    @Provide
    Arbitrary<WorkerHeartbeat> heartbeats() {
        return DomainArbitraries.heartbeats();
    }

    @Provide
    Arbitrary<PluginDescriptor> descriptors() {
        return DomainArbitraries.descriptors();
    }

    @Provide
    Arbitrary<Job> jobs() {
        return DomainArbitraries.jobs();
    }

    @Provide
    Arbitrary<JobLog> logs() {
        return DomainArbitraries.logs();
    }

    @Provide
    Arbitrary<ScheduleRevision> scheduleRevisions() {
        return DomainArbitraries.scheduleRevisions();
    }

    @Provide
    Arbitrary<BatchOrder> batchOrders() {
        return DomainArbitraries.batchOrders();
    }

    @Provide
    Arbitrary<Schedule> schedules() {
        return DomainArbitraries.schedules();
    }

    @Provide
    Arbitrary<BatchEvent> batchEvents() {
        return DomainArbitraries.batchEvents();
    }

    @Provide
    Arbitrary<Batch> batches() {
        return DomainArbitraries.batches();
    }

    @Provide
    Arbitrary<BatchMember> batchMembers() {
        return DomainArbitraries.batchMembers();
    }

    @Provide
    Arbitrary<String> brokenTexts() {
        return Arbitraries.of("a", "\ud83d", "\ude42", "🙂", "\ud83d\ud83d\ude42").list().ofMaxSize(5)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<Instant> nanos() {
        return Arbitraries.longs().between(-1_000_000_000_000L, 1_000_000_000_000L)
                .flatMap(seconds -> Arbitraries.longs().between(0, 999_999_999)
                        .map(nanos -> Instant.ofEpochSecond(seconds, nanos)));
    }
}
