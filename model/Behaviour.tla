----------------------------- MODULE Behaviour -----------------------------
(* Whether what happened to correct replicas in a run is something that       *)
(* ViewChanges allows.  Behaviours is a sequence of runs, each a sequence of   *)
(* events of two slots, as ModelTrace of the simulator writes them down.  TLC  *)
(* goes through each from its first event to its last, one step of the model   *)
(* or none for each event; where no step fits, it stops, and the last event    *)
(* is not reached.                                                            *)
(*                                                                           *)
(* A run shows when a VIEW-CHANGE is in the journal, not when its claims were  *)
(* read: between them NEW-VIEWs and certificates may come.  So Change may      *)
(* happen at any time before, if what it says is what the run says later.     *)
EXTENDS ViewChanges, Sequences

CONSTANT Behaviours

VARIABLES
  run,  \* which one
  rest, \* its events that are still to come
  left  \* by replica: the view that its journal says every lower one is left for

all == <<vars, run, rest, left>>

Begin ==
  /\ Init
  /\ run \in 1 .. Len(Behaviours)
  /\ rest = Behaviours[run]
  /\ left = [r \in Correct |-> 0]

Says(e) == [h |-> e.h, P |-> e.P, Qs |-> e.Qs]

(* Once only: a replica that selects as primary and then goes by it, or that  *)
(* starts again, writes twice.                                                *)
Once(isDone, Step) == IF isDone THEN UNCHANGED vars ELSE Step

(* What a NEW-VIEW says of a slot is something that some set lets it say.     *)
Cleans(e) ==
  /\ MaySay(e.w, e.s, e.d) = TRUE
  /\ Once(
       \/ h[e.r] >= e.s
       \/ P[e.r][e.s] = None
       \/ P[e.r][e.s] # None /\ (P[e.r][e.s][1] >= e.w \/ P[e.r][e.s][2] = e.d),
       Clean(e.r, e.s, e.w, e.d))

Fits(e) ==
  CASE e.is = "leave" -> e.v > left[e.r] /\ UNCHANGED vars
    [] e.is = "accept" -> e.v >= left[e.r] /\ Once(accepted[e.r][e.s][e.v] = e.d, Accept(e.r, e.s, e.v, e.d))
    [] e.is = "mark" -> e.v >= left[e.r] /\ view[e.r] = e.v /\ accepted[e.r][e.s][e.v] = e.d /\ Mark(e.r, e.s)
    [] e.is = "change" -> changes[e.r][e.v] = Says(e) /\ UNCHANGED vars
    [] e.is = "clean" -> Cleans(e)
    [] e.is = "note" ->
         /\ MaySay(e.w, e.s, e.d) = TRUE
         /\ Once(Qs[e.r][e.s][e.d] >= e.w \/ h[e.r] >= e.s, Note(e.r, e.s, e.w, e.d))
    [] e.is = "execute" -> e.s = executed[e.r] + 1 /\ e.d \in Committed(e.s) /\ Execute(e.r)
    [] e.is = "certify" -> Certify(e.r, e.s)
    [] e.is = "lose" ->
         /\ \A s \in e.H + 1 .. LastSlot : \A v \in Views : accepted[e.r][s][v] = None
         /\ Lose(e.r, e.e, e.H)
    [] OTHER -> FALSE

Happens ==
  LET e == Head(rest)
  IN /\ rest # << >>
     /\ Fits(e)
     /\ left' = IF e.is = "leave" THEN [left EXCEPT ![e.r] = e.v] ELSE left
     /\ rest' = Tail(rest)
     /\ UNCHANGED run
     /\ PrintT(<<"left", run, Len(rest')>>)

(* The VIEW-CHANGE that the run shows next of r.                              *)
ChangesEarly(r) ==
  \E i \in DOMAIN rest :
    /\ rest[i].is = "change"
    /\ rest[i].r = r
    /\ ~\E j \in 1 .. i - 1 : rest[j].is = "change" /\ rest[j].r = r
    /\ Change(r, rest[i].v)
    /\ changes'[r][rest[i].v] = Says(rest[i])
    /\ UNCHANGED <<run, rest, left>>

Replay == Begin /\ [][Happens \/ \E r \in Correct : ChangesEarly(r)]_all
=============================================================================
