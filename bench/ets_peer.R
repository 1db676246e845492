# R's forecast::ets on the series of bench_smoothing, model by model: prints "name,microseconds a series" of one core's time.
# Usage: Rscript bench/ets_peer.R SERIES.csv; each line is one series.
suppressMessages(library(forecast))
series <- lapply(strsplit(readLines(commandArgs(TRUE)[1]), ","), as.numeric)
measure <- function(name, n, frequency, ...) {
  some <- lapply(series[seq_len(n)], function(y) ts(y, frequency = frequency))
  for (y in some[1:2]) ets(y, ...)
  seconds <- system.time(for (y in some) ets(y, ...))[["user.self"]]
  cat(sprintf("%s,%.1f\n", name, 1e6 * seconds / n))
}
measure("ann", 100, 1, model = "ANN")
measure("aan", 100, 1, model = "AAN", damped = FALSE)
measure("aadn", 100, 1, model = "AAN", damped = TRUE)
measure("mnn", 100, 1, model = "MNN")
measure("man", 100, 1, model = "MAN", damped = FALSE)
measure("madn", 100, 1, model = "MAN", damped = TRUE)
measure("aaa 4 seasons", 40, 4, model = "AAA", damped = FALSE)
measure("ana 12 seasons", 20, 12, model = "ANA")
measure("best without a season", 40, 1, model = "ZZN")
measure("automatic by months", 8, 12)
