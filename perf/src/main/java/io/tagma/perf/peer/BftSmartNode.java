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
package io.tagma.perf.peer;

import bftsmart.tom.MessageContext;
import bftsmart.tom.ServiceReplica;
import bftsmart.tom.server.defaultservices.DefaultSingleRecoverable;
import io.tagma.perf.cluster.SupervisedMain;

/**
 * A replica of the BFT-SMaRt fork with an echo service.
 */
public final class BftSmartNode extends DefaultSingleRecoverable
{
    private static final byte[] NO_STATE = {0};

    private BftSmartNode()
    {
    }

    @Override
    public byte[] appExecuteOrdered(final byte[] command, final MessageContext context)
    {
        return command;
    }

    @Override
    public byte[] appExecuteUnordered(final byte[] command, final MessageContext context)
    {
        return command;
    }

    @Override
    public byte[] getSnapshot()
    {
        return NO_STATE.clone();
    }

    @Override
    public void installSnapshot(final byte[] state)
    {
        if (NO_STATE.length != state.length)
        {
            throw new IllegalArgumentException("an echo has no state, and was given " + state.length + " bytes");
        }
    }

    /**
     * Runs a replica until it is killed, or until its parent is gone. Says {@code ready} when it has found the others.
     *
     * @param arguments id, and the first port of all.
     */
    public static void main(final String[] arguments)
    {
        SupervisedMain.watchParent();
        final int id = Integer.parseInt(arguments[0]);
        final BftSmartNode node = new BftSmartNode();
        final ServiceReplica replica = new ServiceReplica(
            BftSmartSettings.configuration(id, Integer.parseInt(arguments[1])), node, node);
        System.out.println("ready node=" + replica.getId());
    }
}
