package dev.leat.projector.topology;

import org.apache.kafka.streams.processor.api.ProcessorContext;

import dev.leat.projector.index.PartitionView;

/** What a task has from its {@code init} to its {@code close}, once its stores have been restored. */
record Task(PartitionView view, TaskJobs jobs, LogStore logs, DueStore due, TaskKeys keys, Outbox outbox,
        EarlyCommit commit) {

    static Task of(ProcessorContext<byte[], Outgoing> context, JobTopology.Parts parts) {
        PartitionView view = new PartitionView(context.taskId().partition(), parts.clock().instant());
        TaskJobs jobs = new TaskJobs(new JobStore(context.getStateStore(JobStore.NAME),
                JobTopology.changelog(context.applicationId()), parts.codecs().jobs(), parts.patience()),
                view, parts.clock());
        TaskKeys keys = new TaskKeys(view.partition(), parts.partitions(),
                new KeyStore(context.getStateStore(KeyStore.NAME)), jobs);
        LogStore logs = new LogStore(context.getStateStore(LogStore.NAME),
                JobTopology.changelog(context.applicationId(), LogStore.NAME), parts.codecs().logs(),
                parts.patience());
        return new Task(view, jobs, logs, new DueStore(context.getStateStore(DueStore.NAME)), keys,
                new Outbox(context, parts), new EarlyCommit(context, parts.pace(), parts.clock()));
    }
}
