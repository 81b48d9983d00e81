package dev.leat.runtime.plugin;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.leat.domain.limit.PluginSetting;
import dev.leat.domain.limit.PluginSettings;
import dev.leat.runtime.kafka.RecordHandler;
import dev.leat.schemas.Codec;

/** What operators have said about plugins. For the one thread that reads the topic; {@link #of} is for any. */
public final class SettingsBoard implements RecordHandler {

    private final Codec<PluginSetting> codec;
    private final Runnable changed;
    private final Map<String, PluginSettings> settings = new ConcurrentHashMap<>();

    /** @param changed called after each change; must not block */
    public SettingsBoard(Codec<PluginSetting> codec, Runnable changed) {
        this.codec = codec;
        this.changed = changed;
    }

    @Override
    public void handle(ConsumerRecord<byte[], byte[]> source) {
        if (source.value() != null) {
            codec.decode(source.topic(), source.value()).ifPresent(this::take);
        }
    }

    private void take(PluginSetting setting) {
        settings.merge(setting.plugin(), PluginSettings.NONE.with(setting), (before, _) -> before.with(setting));
        changed.run();
    }

    /** What holds for the plugin now. */
    public PluginSettings of(String plugin) {
        @Nullable
        PluginSettings found = settings.get(plugin);
        return found == null ? PluginSettings.NONE : found;
    }
}
