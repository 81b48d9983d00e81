/** The plugin {@code site}: builds static sites, swaps them in as a whole, and rolls them back. */
@NullMarked
package dev.leat.plugins.site;

import org.jspecify.annotations.NullMarked;
