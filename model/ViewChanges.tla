---------------------------- MODULE ViewChanges ----------------------------
(* How Tagma's replicas agree on what stands in a few slots while views come *)
(* and go, checkpoints let go of what lies below them, and journals lose     *)
(* their ends.  README.md says what is left out and what was found.          *)
(*                                                                           *)
(* Correct replicas are written out.  The faulty ones are not: they are in   *)
(* every count of votes and signatures, for every value, at once, and in     *)
(* every set of VIEW-CHANGEs they put the claims that help most, other ones  *)
(* for every slot and receiver.  Nobody is primary: whatever some primary    *)
(* could propose by some NEW-VIEW may be accepted, other things by other     *)
(* replicas.  Messages are never lost, so that any of them may still come,   *)
(* and any of them need never come.                                          *)
EXTENDS Integers, FiniteSets, TLC

CONSTANTS
  Correct,       \* the correct replicas, each of weight 1
  Faulty,        \* weight of the faulty replicas
  Quorum, Weak,  \* what a quorum and a weak quorum weigh
  LastSlot,      \* slots are 1 .. LastSlot
  Window,        \* a replica votes in (h, h + Window]
  LastView,      \* views are 0 .. LastView
  Batches, Null, \* what can be proposed; what takes the place of nothing
  None

CONSTANTS        \* how much happens
  Checkpoints,   \* whether anything is executed, signed and certified
  CleanUp,       \* whether NEW-VIEWs correct claims, also late
  Losses         \* how often a journal may lose its end

CONSTANTS        \* rules that can be broken: the protocol has them all TRUE
  A1NeedsQuorum,       \* A1 counts to a quorum, not to a weak one
  A2IsAsked,           \* A2 is asked for at all
  ClaimsOutliveViews,  \* P and Qs stay when the next view is entered
  ClaimsOutliveStarts, \* P is read from the journal at a start
  EndReachesStart,     \* end = max(start, ...): nothing is proposed below start
  ExecutedIsKept,      \* nothing is accepted where something else is executed
  LossIsWaitedOut      \* who lost votes up to H is silent until h >= H

Slots   == 1 .. LastSlot
Views   == 0 .. LastView
Digests == Batches \cup {Null}

VARIABLES
  view,     \* the view that a replica is in, or wants to enter: no vote below
  accepted, \* by replica, slot, view: the digest whose PREPARE is said, or None
  marked,   \* by replica, slot: the views in which COMMIT is said
  P,        \* by replica, slot: <<view, digest>> prepared last, or None
  Qs,       \* by replica, slot, digest: highest view in which accepted, or -1
  changes,  \* by replica, view: the VIEW-CHANGE that is said, or None
  h,        \* by replica: the slots up to here are certified, and let go of
  executed, \* by replica: the slots up to here are executed
  signed,   \* by replica: the highest slot whose CHECKPOINT is said
  awaits,   \* by replica: H, up to which votes may be forgotten
  losses    \* how many journals have lost their end

vars == <<view, accepted, marked, P, Qs, changes, h, executed, signed, awaits, losses>>

Max(a, b) == IF a >= b THEN a ELSE b

NoQs == [s \in Slots |-> [d \in Digests |-> -1]]

Init ==
  /\ view     = [r \in Correct |-> 0]
  /\ accepted = [r \in Correct |-> [s \in Slots |-> [v \in Views |-> None]]]
  /\ marked   = [r \in Correct |-> [s \in Slots |-> {}]]
  /\ P        = [r \in Correct |-> [s \in Slots |-> None]]
  /\ Qs       = [r \in Correct |-> NoQs]
  /\ changes  = [r \in Correct |-> [v \in Views |-> None]]
  /\ h        = [r \in Correct |-> 0]
  /\ executed = [r \in Correct |-> 0]
  /\ signed   = [r \in Correct |-> 0]
  /\ awaits   = [r \in Correct |-> 0]
  /\ losses   = 0

-----------------------------------------------------------------------------
(* What is selected *)

(* Those with whom a slot can be decided: their h, so the start of a set that *)
(* has no others, lies below it.  Whoever certified it says nothing about it. *)
Members(v, s) == {m \in Correct : changes[m][v] # None /\ changes[m][v].h < s}

Claimed(m, v, s) == changes[m][v].P[s]

Uncontradicted(m, v, s, u, d) ==
  \/ Claimed(m, v, s) = None
  \/ /\ Claimed(m, v, s) # None
     /\ \/ Claimed(m, v, s)[1] < u
        \/ Claimed(m, v, s) = <<u, d>>

A1(v, s, u, d) ==
  Cardinality({m \in Members(v, s) : Uncontradicted(m, v, s, u, d)}) + Faulty
    >= IF A1NeedsQuorum THEN Quorum ELSE Weak

A2(v, s, u, d) ==
  Cardinality({m \in Members(v, s) : changes[m][v].Qs[s][d] >= u}) + Faulty >= Weak

(* Some set of a quorum lets a NEW-VIEW for v select d.  That somebody claims *)
(* to have prepared d in u costs the faulty nothing; without them it must be  *)
(* a member.  If several qualify any may be taken, not the latest alone.      *)
Selects(v, s, d) ==
  /\ Cardinality(Members(v, s)) + Faulty >= Quorum
  /\ \E u \in 0 .. v - 1 :
       /\ Faulty > 0 \/ \E m \in Members(v, s) : Claimed(m, v, s) = <<u, d>>
       /\ A1(v, s, u, d)
       /\ A2IsAsked => A2(v, s, u, d)

(* B: some set of a quorum has nothing prepared there.  Up to its end that is *)
(* null; beyond it anything may be proposed.                                  *)
IsFree(v, s) ==
  Cardinality({m \in Members(v, s) : Claimed(m, v, s) = None}) + Faulty >= Quorum

(* The end of a set is not lifted to its start: what is proposed next comes   *)
(* behind the last entry of any P, though it may be certified.                *)
IsFreeBelowStart(v, s) ==
  /\ ~EndReachesStart
  /\ Cardinality({m \in Correct :
       /\ changes[m][v] # None
       /\ \A t \in s .. LastSlot : Claimed(m, v, t) = None}) + Faulty >= Quorum

Proposable(v, s, d) ==
  IF v = 0 THEN d \in Batches
           ELSE Selects(v, s, d) \/ IsFree(v, s) \/ IsFreeBelowStart(v, s)

-----------------------------------------------------------------------------
(* What is known *)

Prepared(s, v, d) ==
  Cardinality({m \in Correct : accepted[m][s][v] = d}) + Faulty >= Quorum

Committed(s) ==
  {d \in Digests : \E v \in Views :
     Cardinality({m \in Correct : v \in marked[m][s] /\ accepted[m][s][v] = d}) + Faulty >= Quorum}

Certified(s) == Cardinality({m \in Correct : signed[m] >= s}) + Faulty >= Quorum

IsVoting(r) == LossIsWaitedOut => h[r] >= awaits[r]

-----------------------------------------------------------------------------
(* What a correct replica does *)

(* Journals and says that it takes d as proposed in v, which it enters if it  *)
(* is not there yet, with or without a VIEW-CHANGE of its own.                *)
(* (Guards are compared with TRUE for TLC, which would take each way in which *)
(* one holds for a step of its own.)                                          *)
MayAccept(r, s, v, d) ==
  /\ IsVoting(r)
  /\ view[r] <= v
  /\ h[r] < s /\ s <= h[r] + Window
  /\ accepted[r][s][v] = None
  /\ (ExecutedIsKept /\ executed[r] >= s) => d \in Committed(s)
  /\ Proposable(v, s, d)

Accept(r, s, v, d) ==
  /\ MayAccept(r, s, v, d) = TRUE
  /\ view' = [view EXCEPT ![r] = v]
  /\ accepted' = [accepted EXCEPT ![r][s][v] = d]
  /\ LET isKept == ClaimsOutliveViews \/ \E t \in Slots : accepted[r][t][v] # None
     IN /\ P' = IF isKept THEN P ELSE [P EXCEPT ![r] = [t \in Slots |-> None]]
        /\ Qs' = [Qs EXCEPT ![r] = [IF isKept THEN Qs[r] ELSE NoQs EXCEPT ![s][d] = v]]
  /\ UNCHANGED <<marked, changes, h, executed, signed, awaits, losses>>

(* Journals and says COMMIT for what it accepted in its view.                 *)
Mark(r, s) ==
  LET v == view[r]
      d == accepted[r][s][v]
  IN /\ IsVoting(r) = TRUE
     /\ h[r] < s
     /\ d # None
     /\ v \notin marked[r][s]
     /\ Prepared(s, v, d)
     /\ marked' = [marked EXCEPT ![r][s] = @ \cup {v}]
     /\ P' = [P EXCEPT ![r][s] = <<v, d>>]
     /\ UNCHANGED <<view, accepted, Qs, changes, h, executed, signed, awaits, losses>>

(* Leaves all views below v, and says so with what it claims, all of it from  *)
(* views below v.                                                             *)
Change(r, v) ==
  /\ IsVoting(r) = TRUE
  /\ view[r] <= v
  /\ changes[r][v] = None
  /\ \A s \in Slots : accepted[r][s][v] = None /\ \A d \in Digests : Qs[r][s][d] < v
  /\ view' = [view EXCEPT ![r] = v]
  /\ changes' = [changes EXCEPT ![r][v] = [h |-> h[r], P |-> P[r], Qs |-> Qs[r]]]
  /\ UNCHANGED <<accepted, marked, P, Qs, h, executed, signed, awaits, losses>>

(* A NEW-VIEW for w selects d for the slot, or ends before it: then d is None. *)
(* It may be late, but not below one that was gone by.  What was prepared     *)
(* below w and is not d did not commit.                                       *)
MaySay(w, s, d) ==
  IF d \in {None, Null} THEN IsFree(w, s) \/ (d = Null /\ Selects(w, s, d)) ELSE Selects(w, s, d)

Clean(r, s, w, d) ==
  /\ CleanUp
  /\ h[r] < s
  /\ P[r][s] # None
  /\ P[r][s][1] < w
  /\ P[r][s][2] # d
  /\ \A t \in Slots : \A u \in w + 1 .. LastView : accepted[r][t][u] = None
  /\ MaySay(w, s, d) = TRUE
  /\ view' = [view EXCEPT ![r] = Max(@, w)]
  /\ P' = [P EXCEPT ![r][s] = None]
  /\ UNCHANGED <<accepted, marked, Qs, changes, h, executed, signed, awaits, losses>>

(* A NEW-VIEW for w selects d, and the batch is here: it is claimed as        *)
(* accepted, though no vote for it is said, and none may be if it is late.    *)
Note(r, s, w, d) ==
  /\ CleanUp
  /\ h[r] < s
  /\ Qs[r][s][d] < w
  /\ \A t \in Slots : \A u \in w .. LastView : accepted[r][t][u] = None
  /\ MaySay(w, s, d) = TRUE
  /\ view' = [view EXCEPT ![r] = Max(@, w)]
  /\ Qs' = [Qs EXCEPT ![r][s][d] = w]
  /\ UNCHANGED <<accepted, marked, P, changes, h, executed, signed, awaits, losses>>

(* Executes the next slot, whoever told it that the slot is committed, and    *)
(* signs the CHECKPOINT.                                                      *)
Execute(r) ==
  LET s == executed[r] + 1
  IN /\ Checkpoints
     /\ s \in Slots
     /\ Committed(s) # {}
     /\ executed' = [executed EXCEPT ![r] = s]
     /\ signed' = [signed EXCEPT ![r] = Max(@, s)]
     /\ UNCHANGED <<view, accepted, marked, P, Qs, changes, h, awaits, losses>>

(* Holds a certificate: claims up to it are let go of.                        *)
Certify(r, s) ==
  /\ Checkpoints
  /\ h[r] < s
  /\ Certified(s)
  /\ h' = [h EXCEPT ![r] = s]
  /\ P' = [P EXCEPT ![r] = [t \in Slots |-> IF t <= s THEN None ELSE @[t]]]
  /\ Qs' = [Qs EXCEPT ![r] = [t \in Slots |-> IF t <= s THEN NoQs[t] ELSE @[t]]]
  /\ UNCHANGED <<view, accepted, marked, changes, executed, signed, awaits, losses>>

(* The power goes, and with it the end of the journal: votes up to H, and     *)
(* commit marks but for those up to e.  Views and VIEW-CHANGEs are on the     *)
(* device, and so is h.                                                       *)
Lose(r, e, H) ==
  /\ losses < Losses
  /\ e <= executed[r]
  /\ losses' = losses + 1
  /\ awaits' = [awaits EXCEPT ![r] = H]
  /\ P' = [P EXCEPT ![r] = [s \in Slots |-> None]]
  /\ Qs' = [Qs EXCEPT ![r] = NoQs]
  /\ executed' = [executed EXCEPT ![r] = e]
  /\ UNCHANGED <<view, accepted, marked, changes, h, signed>>

(* A start from a whole journal changes nothing, and so is no step; unless    *)
(* the rule is broken that what was prepared is read again.                   *)
Restart(r) ==
  /\ ~ClaimsOutliveStarts
  /\ P' = [P EXCEPT ![r] = [s \in Slots |-> None]]
  /\ UNCHANGED <<view, accepted, marked, Qs, changes, h, executed, signed, awaits, losses>>

(* Steps that lead nowhere else are left out.  Of losses those count that     *)
(* take claims and can be waited out: else the replica is only silent.  Lost  *)
(* commit marks show in nothing but in what is accepted up to H, which is     *)
(* nothing.  To note what one might as well accept is no more than to accept. *)
Next ==
  \E r \in Correct :
    \/ \E s \in Slots :
         \/ \E v \in Views : \E d \in Digests : Accept(r, s, v, d)
         \/ Mark(r, s)
         \/ Certify(r, s)
         \/ \E w \in 1 .. LastView :
              \/ \E d \in Digests \cup {None} : Clean(r, s, w, d)
              \/ \E d \in Digests : w < view[r] /\ Note(r, s, w, d)
    \/ \E v \in 1 .. LastView : Change(r, v)
    \/ Execute(r)
    \/ /\ Qs[r] # NoQs
       /\ LossIsWaitedOut => h[r] + Window <= LastSlot
       /\ Lose(r, executed[r], h[r] + Window)
    \/ Restart(r)

Spec == Init /\ [][Next]_vars

(* Replicas weigh the same, and batches are all alike.                        *)
Symmetry == Permutations(Correct) \cup Permutations(Batches)

-----------------------------------------------------------------------------
(* What must hold *)

(* Nothing else is ever committed where something is.                         *)
Agreement == \A s \in Slots : Cardinality(Committed(s)) <= 1

(* Once something can be known as committed in a view, no correct replica     *)
(* accepts anything else in a later one.                                      *)
Lock ==
  \A s \in Slots : \A v \in Views : \A d \in Digests :
    Cardinality({m \in Correct : v \in marked[m][s] /\ accepted[m][s][v] = d}) + Faulty >= Quorum
      => \A m \in Correct : \A w \in v + 1 .. LastView : accepted[m][s][w] \in {d, None}

(* With the VIEW-CHANGEs of all correct replicas, and no help from the faulty *)
(* ones, each slot above the start is decided.                                *)
Decided(v, s) ==
  \/ Cardinality({m \in Correct : Claimed(m, v, s) = None}) >= Quorum
  \/ \E m \in Correct :
       /\ Claimed(m, v, s) # None
       /\ LET u == Claimed(m, v, s)[1]
              d == Claimed(m, v, s)[2]
          IN /\ Cardinality({n \in Correct : Uncontradicted(n, v, s, u, d)}) >= Quorum
             /\ Cardinality({n \in Correct : changes[n][v].Qs[s][d] >= u}) >= Weak
Decidable ==
  \A v \in 1 .. LastView :
    (\A m \in Correct : changes[m][v] # None) =>
      \A s \in Slots : Members(v, s) = Correct => Decided(v, s)

(* Not vacuous: each of these is broken, so what it denies does happen.       *)
NeverCommittedInLastView ==
  \A s \in Slots : \A d \in Digests :
    Cardinality({m \in Correct : LastView \in marked[m][s] /\ accepted[m][s][LastView] = d}) + Faulty < Quorum
NeverWaitedOut == \A r \in Correct : awaits[r] = 0 \/ h[r] < awaits[r] \/ view[r] = 0 \/ changes[r][view[r]] = None
NeverStartsAbove == \A r \in Correct : \A v \in 1 .. LastView : changes[r][v] # None => changes[r][v].h = 0
=============================================================================
