/*
 * Copyright 2026 The Tagma Authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.tagma.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * Tells one boot of the host from another: within one, the page cache keeps what a dead process has written.
 */
public final class BootId
{
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private BootId()
    {
    }

    /**
     * The host's boot id.
     *
     * @return 16 bytes; all zero where the host has none, which no boot equals, not even itself.
     */
    public static byte[] ofHost()
    {
        final ByteBuffer bytes = ByteBuffer.allocate(RecoveryRules.BOOT_ID_LENGTH);
        try
        {
            final UUID uuid = UUID.fromString(Files.readString(LINUX_BOOT_ID).trim());
            bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        }
        catch (final IOException | IllegalArgumentException ex)
        {
            bytes.clear();
        }
        return bytes.array();
    }
}
