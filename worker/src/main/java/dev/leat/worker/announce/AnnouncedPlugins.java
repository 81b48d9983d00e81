package dev.leat.worker.announce;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.JobTypeName;
import dev.leat.domain.PluginDescriptor;
import dev.leat.domain.PluginDescriptor.JobTypeDescriptor;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.schemas.Codec;

/**
 * What stands in the plugins topic: the latest announcement of each plugin, by whichever worker. For the one thread that
 * reads the topic; {@link #find} is for any.
 */
public final class AnnouncedPlugins implements RecordHandler {

    private final Codec<PluginDescriptor> codec;
    private final Consumer<String> takenBack;
    private final Map<String, PluginDescriptor> plugins = new ConcurrentHashMap<>();

    /** @param takenBack told of each plugin that a worker has taken back; must not block */
    public AnnouncedPlugins(Codec<PluginDescriptor> codec, Consumer<String> takenBack) {
        this.codec = codec;
        this.takenBack = takenBack;
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> source) {
        if (source.key() == null) {
            return;
        }
        String plugin = new String(source.key(), StandardCharsets.UTF_8);
        if (source.value() == null) {
            plugins.remove(plugin);
            takenBack.accept(plugin);
        } else {
            codec.decode(source.topic(), source.value())
                    .ifPresent(descriptor -> plugins.put(plugin, descriptor));
        }
    }

    /** What has been announced of a job type; empty where nothing was, or it was taken back. */
    public Optional<JobTypeDescriptor> find(JobTypeName type) {
        @Nullable
        PluginDescriptor descriptor = plugins.get(type.plugin());
        return descriptor == null
                ? Optional.empty()
                : descriptor.jobTypes().stream().filter(announced -> announced.type().equals(type)).findFirst();
    }
}
