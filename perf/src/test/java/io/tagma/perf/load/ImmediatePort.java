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
package io.tagma.perf.load;

import io.tagma.ordering.client.Outcome;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers at the next poll whatever was offered before.
 */
final class ImmediatePort implements RequestPort
{
    private final UnsafeBuffer result = new UnsafeBuffer(new byte[8]);
    private final RequestDriver driver;
    private long offered;
    private long answered;

    ImmediatePort(final RequestDriver driver)
    {
        this.driver = driver;
    }

    @Override
    public long offer(final DirectBuffer buffer, final int offset, final int length)
    {
        return ++offered;
    }

    @Override
    public int poll()
    {
        final long before = answered;
        while (answered < offered)
        {
            answered++;
            driver.onResponse(answered, Outcome.COMMITTED, (short)0, answered, result, 0, 8);
        }
        return (int)(answered - before);
    }
}
