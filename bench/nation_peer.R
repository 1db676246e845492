# Milliseconds of one core's time that R's forecast::ets takes for one monthly series with its forecast for two years.
# Usage: Rscript bench/nation_peer.R SERIES.csv; each line is one series.
suppressMessages(library(forecast))
series <- lapply(strsplit(readLines(commandArgs(TRUE)[1]), ","), function(x) ts(as.numeric(x), frequency = 12))
invisible(forecast(ets(series[[1]]), h = 24))
seconds <- system.time(for (y in series) forecast(ets(y), h = 24))[["user.self"]]
cat(sprintf("%.2f\n", 1000 * seconds / length(series)))
